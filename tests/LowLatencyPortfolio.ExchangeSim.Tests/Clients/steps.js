// What both clients' runs share: one line a step, and the exit code.
'use strict';

const fs = require('node:fs');
const DEADLINE_MS = 60000;

/** @returns addresses and key of the simulator, from the environment that run-clients sets. */
function simulator() {
    const key = JSON.parse(fs.readFileSync(process.env.SIM_KEY_FILE, 'utf8'));
    return { rest: process.env.SIM_REST, ws: process.env.SIM_WS, apiKey: key.name, secret: key.privateKey };
}

/** Something trades at the simulator. */
async function print(price) {
    const answer = await fetch(
        `${process.env.SIM_ADMIN}/admin/play/print?product=BTC-USD&price=${price}&size=1`, { method: 'POST' });
    if (!answer.ok) {
        throw new Error(`print ${price}: ${answer.status}`);
    }
}

function check(condition, what) {
    if (!condition) {
        throw new Error(`expected ${what}`);
    }
}

/** Does a step within its time; the first that fails ends the run. */
async function step(name, body) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('took too long')), DEADLINE_MS);
    });
    try {
        const told = await Promise.race([body(), late]);
        console.log(`ok    ${name}${told === undefined ? '' : `: ${told}`}`);
    } catch (error) {
        console.log(`FAIL  ${name}: ${error.message}`);
        process.exit(1);
    } finally {
        clearTimeout(timer);
    }
}

module.exports = { simulator, print, check, step };
