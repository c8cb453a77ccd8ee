// Reads claims, one JSON object a line: {"protocol", "key", "signals", "proof"}. Answers each with a line: true, false or an error.
const snarkjs = require("snarkjs");
const lines = require("node:readline").createInterface({ input: process.stdin });

async function answer(line) {
    try {
        const claim = JSON.parse(line);
        return String(await snarkjs[claim.protocol].verify(claim.key, claim.signals, claim.proof));
    } catch (error) {
        return "error: " + String(error).split("\n")[0];
    }
}

(async () => {
    for await (const line of lines) {
        console.log(await answer(line));
    }
    process.exit(0);
})();
