// Reads claims, one JSON object a line: {"protocol", "key", "signals", "proof"}. Answers each with a line: true, false or an error.
// Of {"wasm", "inputs"} it computes the witness, and answers with the SHA-256 of its file.
const snarkjs = require("snarkjs");
const lines = require("node:readline").createInterface({ input: process.stdin });

async function answer(line) {
    try {
        const claim = JSON.parse(line);
        if (claim.wasm) {
            const file = { type: "mem" };
            await snarkjs.wtns.calculate(claim.inputs, claim.wasm, file);
            return require("node:crypto").createHash("sha256").update(file.data).digest("hex");
        }
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
