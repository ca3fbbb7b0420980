// ccxt against the simulator: unmodified but for its base URLs.
'use strict';

const ccxt = require('ccxt');
const { simulator, print, check, step } = require('./steps.js');

const SYMBOL = 'BTC/USD';

async function main() {
    const sim = simulator();
    const options = { apiKey: sim.apiKey, secret: sim.secret, enableRateLimit: false };
    const client = new ccxt.pro.coinbase(options);
    client.urls.api.rest = sim.rest;
    client.urls.api.ws = sim.ws;
    await client.loadHttpProxyAgent();      // ccxt wants that before any address that begins with ws://

    await step('ccxt markets', async () => {
        await client.loadMarkets();
        check(client.markets[SYMBOL].precision.price === 0.01, 'a price increment of 0.01');
        return Object.keys(client.markets).length;
    });
    await step('ccxt time', async () => check(await client.fetchTime() > 1e12, 'milliseconds'));
    await step('ccxt ticker', async () => {
        const ticker = await client.fetchTicker(SYMBOL);
        check(ticker.last === 100, 'the last price');
        return ticker.last;
    });
    await step('ccxt trades', async () => check((await client.fetchTrades(SYMBOL)).length > 0, 'trades'));
    await step('ccxt order book', async () => check((await client.fetchOrderBook(SYMBOL)).bids.length > 0, 'bids'));
    await step('ccxt balance', async () => {
        const balance = await client.fetchBalance();
        check(balance.USD.total === 100000, 'the money');
        return balance.USD.total;
    });
    await orders(client);
    await streams(client);
    await client.close();
}

async function orders(client) {
    let order;
    await step('ccxt limit order', async () => {
        order = await client.createOrder(SYMBOL, 'limit', 'buy', 0.5, 90);
        check((await client.fetchOrder(order.id)).status === 'open', 'an open order');
    });
    await step('ccxt open orders', async () => {
        const open = await client.fetchOpenOrders(SYMBOL);
        check(open.length === 1 && open[0].id === order.id && open[0].price === 90, 'the order');
    });
    await step('ccxt edit', async () => {
        await client.editOrder(order.id, SYMBOL, 'limit', 'buy', 0.4, 91);
        const edited = await client.fetchOrder(order.id);
        check(edited.price === 91 && edited.amount === 0.4, 'the new terms');
    });
    await step('ccxt cancel', async () => {
        await client.cancelOrder(order.id);
        check((await client.fetchOrder(order.id)).status === 'canceled', 'a cancelled order');
    });
    await step('ccxt market order', async () => {
        order = await client.createOrder(
            SYMBOL, 'market', 'buy', 100, undefined, { createMarketBuyOrderRequiresPrice: false });
        check((await client.fetchOrder(order.id)).status === 'closed', 'a filled order');
    });
    await step('ccxt fills', async () => {
        const fills = (await client.fetchMyTrades(SYMBOL)).filter((fill) => fill.order === order.id);
        check(fills.length === 1 && fills[0].price === 100 && fills[0].fee.cost > 0, 'one fill with its fee');
        return fills[0].amount;
    });
    await step('ccxt stop order', async () => {
        order = await client.createOrder(SYMBOL, 'limit', 'sell', 0.5, 79, { stopLossPrice: 80 });
        const stop = await client.fetchOrder(order.id);
        check(stop.status === 'open' && Number(stop.info.order_configuration.stop_limit_stop_limit_gtc.stop_price) === 80,
            'a resting stop');
    });
    await step('ccxt cancel of several', async () => {
        await client.cancelOrders([order.id], SYMBOL);
        check((await client.fetchOpenOrders(SYMBOL)).length === 0, 'no open order');
    });
}

async function streams(client) {
    await step('ccxt watch ticker', async () => check((await client.watchTicker(SYMBOL)).last > 0, 'a price'));
    await step('ccxt watch trades', async () => check((await client.watchTrades(SYMBOL)).length > 0, 'trades'));
    await step('ccxt watch order book', async () => check((await client.watchOrderBook(SYMBOL)).bids.length > 0, 'bids'));
    await step('ccxt watch orders', async () => {
        // The first look subscribes and is answered with what is open; after that the new order comes by itself.
        const first = client.watchOrders(SYMBOL);
        const order = await client.createOrder(SYMBOL, 'limit', 'buy', 0.5, 90);
        let seen = await first;
        while (!seen.some((one) => one.id === order.id)) {
            seen = await client.watchOrders(SYMBOL);
        }

        await client.cancelOrder(order.id);
    });
    await step('ccxt watch a price that moves', async () => {
        let last;
        while (last !== 101) {
            const next = client.watchTicker(SYMBOL);
            await print(101);
            last = (await next).last;
        }

        await print(100);
    });
}

main().catch((error) => {
    console.log(`FAIL  ccxt: ${error.stack}`);
    process.exit(1);
});
