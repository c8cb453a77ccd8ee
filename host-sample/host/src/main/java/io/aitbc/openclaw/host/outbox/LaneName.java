package io.aitbc.openclaw.host.outbox;

record LaneName(String topic, String lane) {}
