package io.aitbc.openclaw.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses and checks a GGUF version 3 header. Every count is checked against what is left of the file before anything is
 * allocated for it, and every tensor against the file's length, so that a header that parses can be trusted.
 */
final class HeaderParser {
    private static final int MAGIC = 0x46554747;
    private static final int MAX_PAIRS = 65_536;
    private static final int MAX_TENSORS = 65_536;
    private static final int MAX_ITEMS = 1 << 22;
    private static final int MAX_NAME = 1 << 12;
    private static final int MAX_TEXT = 1 << 24;
    private static final int MAX_ALIGNMENT = 1 << 20;

    private final String file;
    private final long fileBytes;
    private final Cursor cursor;

    HeaderParser(String file, MemorySegment segment) {
        this.file = file;
        this.fileBytes = segment.byteSize();
        this.cursor = new Cursor(file, segment);
    }

    GgufHeader parse() {
        if (cursor.int32("magic") != MAGIC) {
            throw cursor.problem("magic", "is not a GGUF file");
        }
        long version = cursor.uint32("version");
        if (version != 3) {
            throw cursor.problem("version", "%d is not supported, only 3 is".formatted(version));
        }
        int tensorCount = cursor.count("tensor_count", 24, MAX_TENSORS);
        int pairCount = cursor.count("metadata_kv_count", 13, MAX_PAIRS);
        GgufMetadata metadata = new GgufMetadata(file, pairs(pairCount));
        int alignment = metadata.integer("general.alignment", 8, MAX_ALIGNMENT).orElse(32);
        if (Integer.bitCount(alignment) != 1) {
            throw cursor.problem("general.alignment", "%d is not a power of two".formatted(alignment));
        }
        return new GgufHeader(metadata, tensors(tensorCount, alignment));
    }

    private Map<String, Object> pairs(int count) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = cursor.string("metadata key " + i, MAX_NAME);
            if (key.isEmpty()) {
                throw cursor.problem("metadata key " + i, "is empty");
            }
            if (pairs.putIfAbsent(key, value(key, cursor.uint32(key + " (type)"))) != null) {
                throw cursor.problem(key, "is there twice");
            }
        }
        return pairs;
    }

    private Object value(String key, long type) {
        return type == 9 ? array(key) : scalar(key, type, MAX_TEXT);
    }

    private Object scalar(String key, long type, int maxText) {
        return switch ((int) type) {
            case 0 -> (long) (cursor.int8(key) & 0xff);
            case 1 -> (long) cursor.int8(key);
            case 2 -> (long) (cursor.int16(key) & 0xffff);
            case 3 -> (long) cursor.int16(key);
            case 4 -> cursor.uint32(key);
            case 5 -> (long) cursor.int32(key);
            case 6 -> (double) Float.intBitsToFloat(cursor.int32(key));
            case 7 -> flag(key);
            case 8 -> cursor.string(key, maxText);
            case 10, 11 -> cursor.int64(key);
            case 12 -> Double.longBitsToDouble(cursor.int64(key));
            default -> throw cursor.problem(key, "value type %d is unknown".formatted(type));
        };
    }

    private Boolean flag(String key) {
        return switch (cursor.int8(key)) {
            case 0 -> false;
            case 1 -> true;
            default -> throw cursor.problem(key, "a bool must be 0 or 1");
        };
    }

    private List<Object> array(String key) {
        long type = cursor.uint32(key + " (item type)");
        int least = switch ((int) type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 8, 10, 11, 12 -> 8;
            case 9 -> throw cursor.problem(key, "arrays of arrays are not supported");
            default -> throw cursor.problem(key, "item type %d is unknown".formatted(type));
        };
        int count = cursor.length(key, least, MAX_ITEMS);
        List<Object> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(scalar(key, type, MAX_NAME));
        }
        return items;
    }

    private List<TensorInfo> tensors(int count, int alignment) {
        List<RawTensor> raw = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            RawTensor tensor = rawTensor(i, alignment);
            if (!names.add(tensor.name)) {
                throw cursor.problem("tensor " + tensor.name, "is there twice");
            }
            raw.add(tensor);
        }
        long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
        List<TensorInfo> tensors = new ArrayList<>();
        for (RawTensor tensor : raw) {
            tensors.add(place(tensor, dataStart));
        }
        refuseOverlaps(tensors);
        return tensors;
    }

    private record RawTensor(String name, TensorType type, List<Long> shape, long bytes, long relativeOffset) {}

    private RawTensor rawTensor(int index, int alignment) {
        String name = cursor.string("name of tensor " + index, MAX_NAME);
        String field = "tensor " + name;
        long dimensions = cursor.uint32(field + " dimensions");
        if (dimensions < 1 || dimensions > 4) {
            throw cursor.problem(field, "has %d dimensions, not 1 to 4".formatted(dimensions));
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(cursor.int64(field + " shape"));
        }
        long code = cursor.uint32(field + " type");
        TensorType type = TensorType.ofCode(code)
                .orElseThrow(() -> cursor.problem(
                        field,
                        "has type %s; this engine reads F32, F16 and Q8_0".formatted(TensorType.ggmlName(code))));
        long bytes = bytes(field, type, shape);
        long offset = cursor.int64(field + " offset");
        if (offset < 0 || offset % alignment != 0) {
            throw cursor.problem(
                    field,
                    "offset %s is not a multiple of the alignment %d"
                            .formatted(Long.toUnsignedString(offset), alignment));
        }
        return new RawTensor(name, type, shape, bytes, offset);
    }

    private long bytes(String field, TensorType type, List<Long> shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 1 || dimension > fileBytes || elements > fileBytes / dimension) {
                throw cursor.problem(field, "shape %s does not fit in the file".formatted(shape));
            }
            elements *= dimension;
        }
        if (shape.getFirst() % type.blockElements() != 0) {
            throw cursor.problem(
                    field, "rows of %d are not whole blocks of %d".formatted(shape.getFirst(), type.blockElements()));
        }
        return elements / type.blockElements() * type.blockBytes();
    }

    private TensorInfo place(RawTensor tensor, long dataStart) {
        long room = fileBytes - dataStart;
        if (tensor.bytes > room || tensor.relativeOffset > room - tensor.bytes) {
            throw cursor.problem(
                    "tensor " + tensor.name,
                    "needs bytes %d to %d, but the file has only %d after its header"
                            .formatted(tensor.relativeOffset, tensor.relativeOffset + tensor.bytes, Math.max(0, room)));
        }
        return new TensorInfo(tensor.name, tensor.type, tensor.shape, dataStart + tensor.relativeOffset, tensor.bytes);
    }

    private void refuseOverlaps(List<TensorInfo> tensors) {
        List<TensorInfo> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(TensorInfo::offset));
        for (int i = 1; i < sorted.size(); i++) {
            TensorInfo before = sorted.get(i - 1);
            if (before.offset() + before.bytes() > sorted.get(i).offset()) {
                throw cursor.problem("tensor " + sorted.get(i).name(), "overlaps tensor " + before.name());
            }
        }
    }
}
