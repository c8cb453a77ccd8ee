// Writes eddsa-vectors.json: what circomlibjs computes, and whether it accepts the signatures of EddsaVectorsTest. To make it anew:
//   npm install circomlibjs@0.1.7 && node eddsa-vectors.js < own-signatures.json > eddsa-vectors.json
// Reads [{"key": [x, y], "r": [x, y], "s": "…", "message": "…"}, …].
const { buildEddsa, buildBabyjub, buildPoseidon } = require("circomlibjs");

(async () => {
    const eddsa = await buildEddsa();
    const babyjub = await buildBabyjub();
    const poseidon = await buildPoseidon();
    const field = babyjub.F;
    const text = (number) => field.toObject(number).toString();
    const point = (p) => [text(p[0]), text(p[1])];
    const number = (decimal) => field.e(BigInt(decimal));

    const signatures = [];
    for (let i = 0; i < 8; i++) {
        const secret = Buffer.alloc(32, i + 1);
        const message = poseidon([i, 7]);
        const signature = eddsa.signPoseidon(secret, message);
        const key = eddsa.prv2pub(secret);
        signatures.push({
            key: point(key),
            packed: Buffer.from(babyjub.packPoint(key)).toString("hex"),
            r: point(signature.R8),
            s: signature.S.toString(),
            message: text(message),
        });
    }
    const multiples = [1n, 2n, 3n, 8n, babyjub.subOrder - 1n, 123456789n ** 8n].map((scalar) => ({
        scalar: scalar.toString(),
        point: point(babyjub.mulPointEscalar(babyjub.Base8, scalar)),
        doubled: point(babyjub.mulPointEscalar(babyjub.Generator, scalar)),
    }));
    const hashes = [2, 4, 5, 6].map((width) => {
        const inputs = Array.from({ length: width }, (_, i) => i + 1);
        return { inputs: inputs.map(String), tag: "12345", hash: text(poseidon(inputs, 12345)), plain: text(poseidon(inputs)) };
    });
    const own = JSON.parse(require("node:fs").readFileSync(0, "utf8")).map((it) => ({
        ...it,
        accepted: eddsa.verifyPoseidon(
            number(it.message),
            { R8: it.r.map(number), S: BigInt(it.s) },
            it.key.map(number)),
    }));
    console.log(JSON.stringify({ signatures, multiples, hashes, own }, null, 1));
})();
