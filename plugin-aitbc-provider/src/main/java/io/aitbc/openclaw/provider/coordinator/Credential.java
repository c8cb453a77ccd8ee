package io.aitbc.openclaw.provider.coordinator;

import okhttp3.Request;

/** What a request shows to prove who asks. Its text stays out of logs. */
sealed interface Credential {
    Request.Builder addTo(Request.Builder request);

    /** The protocol whose coordinators take it. */
    Profile profile();

    /** A token of a login (RFC 6750). */
    record Bearer(String token) implements Credential {
        @Override
        public Request.Builder addTo(Request.Builder request) {
            return request.header("Authorization", "Bearer " + token);
        }

        @Override
        public Profile profile() {
            return Profile.CURRENT;
        }

        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** A key that does not change. */
    record ApiKey(String key) implements Credential {
        @Override
        public Request.Builder addTo(Request.Builder request) {
            return request.header("X-Api-Key", key);
        }

        @Override
        public Profile profile() {
            return Profile.MARCH;
        }

        @Override
        public String toString() {
            return "ApiKey";
        }
    }
}
