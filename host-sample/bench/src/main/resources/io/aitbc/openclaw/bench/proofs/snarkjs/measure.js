// Verifies one proof again and again, or makes one. Arguments: seconds for each of warm-up and measurement, then the protocol and a file with
// {"key", "signals", "proof"}, or "prove" and the files of proving key and witness. Prints the median in ms of wall time, and the mean of
// processor time over all threads.
const snarkjs = require("snarkjs");
const { readFileSync } = require("node:fs");
const [seconds, what, ...files] = process.argv.slice(2);

function verifying() {
    const claim = JSON.parse(readFileSync(files[0], "utf8"));
    return async () => {
        const { key, signals, proof } = structuredClone(claim);
        if (!(await snarkjs[what].verify(key, signals, proof))) {
            throw new Error("the proof does not hold");
        }
    };
}

function proving() {
    const [key, witness] = files.map((file) => ({ type: "mem", data: new Uint8Array(readFileSync(file)) }));
    return () => snarkjs.groth16.prove(key, witness);
}

async function run(work, milliseconds) {
    const times = [];
    const start = process.cpuUsage();
    const end = performance.now() + milliseconds;
    while (performance.now() < end || times.length < 2) {
        const before = performance.now();
        await work();
        times.push(performance.now() - before);
    }
    const used = process.cpuUsage(start);
    times.sort((one, other) => one - other);
    return { wall: times[times.length >> 1], processor: (used.user + used.system) / 1000 / times.length };
}

(async () => {
    const work = what === "prove" ? proving() : verifying();
    await run(work, Number(seconds) * 1000);
    const figures = await run(work, Number(seconds) * 1000);
    console.log(`figures ${figures.wall} ${figures.processor}`);
    process.exit(0);
})();
