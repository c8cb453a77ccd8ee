package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ExtensionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {
    @Test
    void the_index_for_stock_hosts_names_what_the_module_provides() throws IOException {
        ModuleDescriptor module = AitbcInferenceProvider.class.getModule().getDescriptor();
        List<String> provided = module.provides().stream()
                .flatMap(provides -> provides.providers().stream())
                .toList();
        try (InputStream in = AitbcInferenceProvider.class.getResourceAsStream("/META-INF/extensions.idx")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyInAnyOrderElementsOf(provided);
        }
    }

    @Test
    void every_provided_factory_can_be_made() throws Exception {
        ModuleDescriptor module = AitbcInferenceProvider.class.getModule().getDescriptor();
        for (ModuleDescriptor.Provides provides : module.provides()) {
            for (String name : provides.providers()) {
                assertThat(Class.forName(name).getConstructor().newInstance()).isInstanceOf(ExtensionFactory.class);
            }
        }
        assertThat(module.provides()).hasSize(5);
    }

    @Test
    void nothing_is_exported_and_web3j_is_not_required() {
        ModuleDescriptor module = AitbcInferenceProvider.class.getModule().getDescriptor();
        assertThat(module.exports()).isEmpty();
        assertThat(module.requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .collect(Collectors.toSet()))
                .noneMatch(name -> name.contains("web3j"));
    }
}
