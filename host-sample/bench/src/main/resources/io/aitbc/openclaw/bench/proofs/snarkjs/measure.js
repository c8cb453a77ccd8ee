// Verifies one proof again and again. Arguments: protocol, a file with {"key", "signals", "proof"}, seconds for each of warm-up and measurement.
// Prints the median in ms of wall time, and the mean of processor time over all threads.
const snarkjs = require("snarkjs");
const [protocol, file, seconds] = process.argv.slice(2);
const claim = JSON.parse(require("node:fs").readFileSync(file, "utf8"));

async function run(milliseconds) {
    const times = [];
    const start = process.cpuUsage();
    const end = performance.now() + milliseconds;
    while (performance.now() < end || times.length < 3) {
        const before = performance.now();
        const { key, signals, proof } = structuredClone(claim);
        if (!(await snarkjs[protocol].verify(key, signals, proof))) {
            throw new Error("the proof does not hold");
        }
        times.push(performance.now() - before);
    }
    const used = process.cpuUsage(start);
    times.sort((one, other) => one - other);
    return { wall: times[times.length >> 1], processor: (used.user + used.system) / 1000 / times.length };
}

(async () => {
    await run(Number(seconds) * 1000);
    const figures = await run(Number(seconds) * 1000);
    console.log(`figures ${figures.wall} ${figures.processor}`);
    process.exit(0);
})();
