package io.aitbc.openclaw.zk.circuit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.ValType;

/**
 * Computes all signals of the circuit from its inputs, by the program that circom made, in a sandbox: it has memory of its own, which cannot grow, and calls
 * nothing outside. One object computes once, and then overwrites what it knows.
 */
public final class SignalProgram {
    private static final int LIMBS = 4;
    private static final int WORDS = 2 * LIMBS;
    private static final int ASSERT_FAILED = 4;

    /** FNV-1a, 64 bits: inputs are addressed by the hash of their name. */
    private static final long HASH_START = 0xcbf29ce484222325L;

    private static final long HASH_FACTOR = 0x100000001b3L;

    /** 256 MiB. */
    private static final int MOST_PAGES = 4096;

    private static final int MOST_SIGNALS = 1 << 23;

    private final Instance instance;

    /** The program of {@code receipt_chain}, compiled when this library was built. */
    public SignalProgram() {
        this(WitnessCode.load(), WitnessCode::create);
    }

    private SignalProgram(WasmModule module, Function<Instance, Machine> machine) {
        int pages = module.memorySection().orElseThrow().getMemory(0).limits().initialPages();
        instance = Instance.builder(module)
                .withMachineFactory(machine)
                .withMemoryLimits(new MemoryLimits(pages, pages))
                .withImportValues(imports())
                .build();
    }

    /**
     * The program of another circuit, interpreted: that takes some fifty times longer.
     *
     * @param wasm as circom 2 makes it
     * @throws IllegalArgumentException when it is no such program, or wants more memory than it may have
     */
    public static SignalProgram interpreted(byte[] wasm) {
        try {
            WasmModule module = Parser.parse(wasm);
            boolean modest = module.memorySection()
                    .filter(memory -> memory.memoryCount() == 1
                            && memory.getMemory(0).limits().initialPages() <= MOST_PAGES)
                    .isPresent();
            if (modest) {
                return new SignalProgram(module, InterpreterMachine::new);
            }
        } catch (RuntimeException | AssertionError e) { // of many kinds, where the parser is wrong too
            throw new IllegalArgumentException("it is no program of circom 2", e);
        }
        throw new IllegalArgumentException(
                "it has no memory of its own of at most %d MiB, as programs of circom have".formatted(MOST_PAGES / 16));
    }

    private static ImportValues imports() {
        FunctionType nothing = FunctionType.of(List.of(), List.of());
        FunctionType number = FunctionType.of(List.of(ValType.I32), List.of());
        return ImportValues.builder()
                .addFunction(new HostFunction("runtime", "exceptionHandler", number, (_, arguments) -> {
                    throw new Stopped((int) arguments[0]);
                }))
                .addFunction(ignored("printErrorMessage", nothing))
                .addFunction(ignored("writeBufferMessage", nothing))
                .addFunction(ignored("showSharedRWMemory", nothing))
                .build();
    }

    /** What the program prints could have values of signals. */
    private static HostFunction ignored(String name, FunctionType type) {
        return new HostFunction("runtime", name, type, (_, _) -> new long[0]);
    }

    /** The program reported an error. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Stopped(int code) {
            super("error %d of the program".formatted(code), null, false, false);
            this.code = code;
        }
    }

    /**
     * Stops when its thread is interrupted.
     *
     * @param inputs by name, arrays row by row; from 0 to below the prime of the circuit
     * @return of each signal four limbs, the least significant first
     */
    public long[] compute(Map<String, List<BigInteger>> inputs) throws RefusedInputException, InterruptedException {
        try {
            call("init", 1);
            set(inputs);
            return signals();
        } catch (Stopped e) {
            throw new RefusedInputException(
                    e.code == ASSERT_FAILED ? "a constraint does not hold" : "the program stops with code " + e.code);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the witness program was stopped");
            }
            throw e;
        } finally {
            Memory memory = instance.memory();
            memory.fill((byte) 0, 0, memory.pages() * Memory.PAGE_SIZE);
        }
    }

    private void set(Map<String, List<BigInteger>> inputs) throws RefusedInputException {
        int expected = call("getInputSize");
        int given = 0;
        for (Map.Entry<String, List<BigInteger>> input : inputs.entrySet()) {
            long hash = hash(input.getKey());
            int size = call("getInputSignalSize", hash >>> Integer.SIZE, hash & 0xffffffffL);
            if (size != input.getValue().size()) {
                throw new RefusedInputException(
                        size < 1
                                ? "the circuit has no input " + shown(input.getKey())
                                : "input %s has %d values, not %d"
                                        .formatted(
                                                input.getKey(),
                                                size,
                                                input.getValue().size()));
            }
            given += size;
        }
        if (given != expected) {
            throw new RefusedInputException("the circuit has %d inputs, not %d".formatted(expected, given));
        }
        for (Map.Entry<String, List<BigInteger>> input : inputs.entrySet()) {
            long hash = hash(input.getKey());
            for (int i = 0; i < input.getValue().size(); i++) {
                write(input.getValue().get(i));
                call("setInputSignal", hash >>> Integer.SIZE, hash & 0xffffffffL, i);
            }
        }
    }

    private void write(BigInteger value) {
        for (int word = 0; word < WORDS; word++) {
            call(
                    "writeSharedRWMemory",
                    word,
                    value.shiftRight(Integer.SIZE * word).intValue());
        }
    }

    private long[] signals() throws RefusedInputException {
        int count = call("getWitnessSize");
        if (count < 1 || count > MOST_SIGNALS) {
            throw new RefusedInputException("the program gives no signals, or more than %d".formatted(MOST_SIGNALS));
        }
        int shared = call("getSharedRWMemoryStart");
        long[] limbs = new long[LIMBS * count];
        for (int signal = 0; signal < count; signal++) {
            call("getWitness", signal);
            for (int limb = 0; limb < LIMBS; limb++) {
                limbs[LIMBS * signal + limb] = instance.memory().readLong(shared + Long.BYTES * limb);
            }
        }
        return limbs;
    }

    private int call(String function, long... arguments) {
        long[] results = instance.export(function).apply(arguments);
        return results == null || results.length == 0 ? 0 : (int) results[0];
    }

    private static long hash(String name) {
        long hash = HASH_START;
        for (byte character : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ (character & 0xff)) * HASH_FACTOR;
        }
        return hash;
    }

    private static String shown(String name) {
        return name.length() <= 40 ? name.replaceAll("[^A-Za-z0-9_]", "?") : "with such a long name";
    }
}
