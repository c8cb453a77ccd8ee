package io.aitbc.openclaw.devnet;

/** Ends the handling of a request with an answer. */
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiResponse response;

    ApiFailure(ApiResponse response) {
        super("answered with status " + response.status(), null, false, false);
        this.response = response;
    }

    static ApiFailure detail(int status, String text) {
        return new ApiFailure(ApiResponse.detail(status, text));
    }

    ApiResponse response() {
        return response;
    }
}
