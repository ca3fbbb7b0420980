// coinbase-api against the simulator: unmodified but for its base URLs.
'use strict';

const { CBAdvancedTradeClient, WebsocketClient } = require('coinbase-api');
const { simulator, print, check, step } = require('./steps.js');

const PRODUCT = 'BTC-USD';
const CHANNELS = ['ticker', 'ticker_batch', 'market_trades', 'level2', 'candles', 'heartbeats', 'status'];
const QUIET = { trace() {}, info() {}, error() {} };

async function main() {
    const sim = simulator();
    const client = new CBAdvancedTradeClient({ apiKey: sim.apiKey, apiSecret: sim.secret, baseUrl: sim.rest });
    await step('coinbase-api time', async () => check((await client.getServerTime()).epochMillis > 0, 'a time'));
    await step('coinbase-api products', async () => {
        const { products } = await client.getProducts();
        check(products.some((product) => product.product_id === PRODUCT), PRODUCT);
        return products.length;
    });
    await step('coinbase-api public product', async () =>
        check(Number((await client.getPublicProduct({ product_id: PRODUCT })).price) > 0, 'a price'));
    await step('coinbase-api ticker', async () =>
        check((await client.getMarketTrades({ product_id: PRODUCT, limit: 10 })).trades.length > 0, 'trades'));
    await step('coinbase-api balances', async () => {
        const { accounts } = await client.getAccounts();
        const money = accounts.find((account) => account.currency === 'USD');
        check(Number(money.available_balance.value) > 0, 'money');
        return money.available_balance.value;
    });
    await step('coinbase-api fees', async () =>
        check(Number((await client.getTransactionSummary()).fee_tier.taker_fee_rate) > 0, 'a fee'));
    await orders(client);
    await streams(client, sim);
}

async function place(client, side, configuration) {
    const answer = await client.submitOrder({
        client_order_id: client.generateNewOrderId(), product_id: PRODUCT, side, order_configuration: configuration,
    });
    check(answer.success, `an accepted order, not ${JSON.stringify(answer)}`);
    return answer.success_response.order_id;
}

async function statusOf(client, id) {
    return (await client.getOrder({ order_id: id })).order.status;
}

async function orders(client) {
    let id;
    await step('coinbase-api limit order', async () => {
        id = await place(client, 'BUY', { limit_limit_gtc: { base_size: '0.5', limit_price: '90.00', post_only: false } });
        check(await statusOf(client, id) === 'OPEN', 'an open order');
    });
    await step('coinbase-api open orders', async () => {
        const { orders: open } = await client.getOrders({ order_status: ['OPEN'] });
        check(open.length === 1 && open[0].order_id === id, 'the order');
    });
    await step('coinbase-api edit', async () => {
        const preview = await client.updateOrderPreview({ order_id: id, price: '91.00', size: '0.4' });
        check((preview.errors ?? []).length === 0, 'a preview without errors');
        check((await client.updateOrder({ order_id: id, price: '91.00', size: '0.4' })).success, 'an accepted edit');
        const { order } = await client.getOrder({ order_id: id });
        check(Number(order.order_configuration.limit_limit_gtc.limit_price) === 91, 'the new price');
    });
    await step('coinbase-api cancel', async () => {
        const { results } = await client.cancelOrders({ order_ids: [id] });
        check(results.length === 1 && results[0].success, 'success');
        check(await statusOf(client, id) === 'CANCELLED', 'a cancelled order');
    });
    await step('coinbase-api market order', async () => {
        id = await place(client, 'BUY', { market_market_ioc: { quote_size: '100' } });
        check(await statusOf(client, id) === 'FILLED', 'a filled order');
    });
    await step('coinbase-api fills', async () => {
        const { fills } = await client.getFills({ order_id: id });
        check(fills.length === 1 && Number(fills[0].commission) > 0, 'one fill with its fee');
        return fills[0].size;
    });
    await step('coinbase-api stop order', async () => {
        id = await place(client, 'SELL', {
            stop_limit_stop_limit_gtc: {
                base_size: '0.5', limit_price: '79.00', stop_price: '80.00', stop_direction: 'STOP_DIRECTION_STOP_DOWN',
            },
        });
        check(await statusOf(client, id) === 'OPEN', 'a resting stop');
        await client.cancelOrders({ order_ids: [id] });
    });
}

function firstOf(socket, channel) {
    return new Promise((resolve, reject) => {
        socket.on('update', (message) => message.channel === channel && resolve(message));
        socket.on('exception', (error) => reject(new Error(JSON.stringify(error))));
    });
}

async function streams(client, sim) {
    for (const channel of CHANNELS) {
        await step(`coinbase-api ${channel}`, async () => {
            const socket = new WebsocketClient({ wsUrl: sim.ws }, QUIET);
            const topic = channel === 'level2' ? 'l2_data' : channel;
            const message = firstOf(socket, topic);
            socket.subscribe({ topic: channel, payload: { product_ids: [PRODUCT] } }, 'advTradeMarketData');
            if (channel === 'ticker_batch') {
                await print(100);
            }

            check((await message).events.length > 0, 'events');
            socket.closeAll(true);
        });
    }

    await step('coinbase-api user', async () => {
        const socket = new WebsocketClient({ wsUrl: sim.ws, apiKey: sim.apiKey, apiSecret: sim.secret }, QUIET);
        const seen = new Set();
        socket.on('update', (message) => message.channel === 'user' && message.events.forEach(
            (event) => (event.orders ?? []).forEach((order) => seen.add(order.order_id))));
        const snapshot = firstOf(socket, 'user');
        socket.subscribe('user', 'advTradeUserData');
        await snapshot;
        const id = await place(
            client, 'BUY', { limit_limit_gtc: { base_size: '0.5', limit_price: '90.00', post_only: false } });
        while (!seen.has(id)) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }

        await client.cancelOrders({ order_ids: [id] });
        socket.closeAll(true);
    });
}

main().then(() => process.exit(0)).catch((error) => {
    console.log(`FAIL  coinbase-api: ${JSON.stringify(error.body ?? error.message ?? error)} ${error.stack ?? ''}`);
    process.exit(1);
});
