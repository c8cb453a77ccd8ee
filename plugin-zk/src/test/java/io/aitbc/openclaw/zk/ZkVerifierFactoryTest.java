package io.aitbc.openclaw.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZkVerifierFactoryTest {
    @Test
    void stock_plugin_hosts_find_the_same_factories_as_the_module_names() {
        List<String> provided = ZkVerifierFactory.class.getModule().getDescriptor().provides().stream()
                .flatMap(provides -> provides.providers().stream())
                .toList();
        assertThat(Resources.lines("/META-INF/extensions.idx")).containsExactlyInAnyOrderElementsOf(provided);
    }
}
