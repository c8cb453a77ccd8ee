package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks of request fields, with the words of the real validation. */
final class Validation {
    private Validation() {}

    /** A failed check; the answer to it is made where the time and the request id are known. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final String text;
        private final String code;

        private Failure(String field, String text, String code) {
            super(text, null, false, false);
            this.field = field;
            this.text = text;
            this.code = code;
        }

        String text() {
            return text;
        }

        ApiResponse response(String timestamp, Optional<String> requestId) {
            ObjectNode detail =
                    Json.object().put("field", field).put("message", text).put("code", code);
            ObjectNode error = Json.object()
                    .put("code", "VALIDATION_ERROR")
                    .put("message", "Request validation failed")
                    .put("status", 422);
            error.set("details", Json.array().add(detail));
            ObjectNode body = Json.object();
            body.set("error", error);
            body.put("timestamp", timestamp);
            body.put("request_id", requestId.orElse(null));
            return ApiResponse.json(422, body);
        }
    }

    static Failure failure(String field, String text, String code) {
        return new Failure(field, text, code);
    }

    static String requiredText(ObjectNode body, String name) {
        return text(required(body, name), "body." + name);
    }

    static Optional<String> optionalText(ObjectNode body, String name) {
        return present(body, name).map(value -> text(value, "body." + name));
    }

    static ObjectNode requiredObject(ObjectNode body, String name) {
        return object(required(body, name), "body." + name);
    }

    static Optional<ObjectNode> optionalObject(ObjectNode body, String name) {
        return present(body, name).map(value -> object(value, "body." + name));
    }

    static Optional<JsonNode> present(JsonNode body, String name) {
        return Optional.ofNullable(body.get(name)).filter(value -> !value.isNull());
    }

    static ObjectNode object(JsonNode value, String field) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw failure(field, "Input should be a valid dictionary", "dict_type");
    }

    static String text(JsonNode value, String field) {
        if (value.isString()) {
            return value.stringValue();
        }
        throw failure(field, "Input should be a valid string", "string_type");
    }

    /** Numbers also as strings, as the real validation takes them. */
    static BigDecimal number(JsonNode value, String field) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (!value.isString()) {
            throw failure(field, "Input should be a valid number", "float_type");
        }
        try {
            return bounded(value.stringValue());
        } catch (NumberFormatException e) {
            throw failure(field, "Input should be a valid number, unable to parse string as a number", "float_parsing");
        }
    }

    static BigInteger integer(JsonNode value, String field) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.stripTrailingZeros().scale() <= 0) {
                return number.toBigInteger();
            }
            throw failure(
                    field, "Input should be a valid integer, got a number with a fractional part", "int_from_float");
        }
        if (!value.isString()) {
            throw failure(field, "Input should be a valid integer", "int_type");
        }
        return integer(value.stringValue(), field);
    }

    static BigInteger integer(String text, String field) {
        try {
            return bounded(text).toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw failure(
                    field, "Input should be a valid integer, unable to parse string as an integer", "int_parsing");
        }
    }

    static boolean flag(JsonNode value, String field) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        throw failure(field, "Input should be a valid boolean", "bool_type");
    }

    /** Keeps texts such as 1e999999999 from becoming huge numbers. */
    private static BigDecimal bounded(String text) {
        if (text.length() > 60) {
            throw new NumberFormatException("too long");
        }
        BigDecimal number = new BigDecimal(text.strip());
        if (Math.abs((long) number.scale()) > 400) {
            throw new NumberFormatException("too large");
        }
        return number;
    }

    private static JsonNode required(ObjectNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null) {
            throw failure("body." + name, "Field required", "missing");
        }
        return value;
    }
}
