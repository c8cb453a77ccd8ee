package io.aitbc.openclaw.dist;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use what, over all modules as they were assembled. */
class StructureIT {
    private static final String API = "io.aitbc.openclaw.api..";
    private static final Map<String, String> PLUGINS = Map.of(
            "provider", "io.aitbc.openclaw.provider..",
            "skills", "io.aitbc.openclaw.skills..",
            "marketplace", "io.aitbc.openclaw.marketplace..",
            "zk", "io.aitbc.openclaw.zk..");

    @TempDir
    static Path scratch;

    private static JavaClasses all;

    @BeforeAll
    static void read() throws IOException {
        List<JarFile> jars = new ArrayList<>();
        for (ModuleReference module : OurModules.find(new Installation(scratch).home(), scratch)) {
            jars.add(new JarFile(OurModules.jar(module).toFile()));
        }
        all = new ClassFileImporter().importJars(jars);
        for (JarFile jar : jars) {
            jar.close();
        }
    }

    @Test
    void all_modules_are_looked_at() {
        for (String part :
                List.of("api", "provider", "skills", "marketplace", "zk", "engine", "devnet", "host", "cli")) {
            assertThat(all.containPackage("io.aitbc.openclaw." + part)).as(part).isTrue();
        }
    }

    @Test
    void the_plugin_api_needs_nothing_but_java_base() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat(are(resideInAPackage(API)
                        .or(resideInAPackage("org.jspecify.annotations"))
                        .or(describe("in java.base", StructureIT::isInJavaBase))))
                .check(all);
    }

    private static boolean isInJavaBase(JavaClass javaClass) {
        JavaClass type = javaClass.getBaseComponentType();
        return type.isPrimitive() || Object.class.getModule().getPackages().contains(type.getPackageName());
    }

    @Test
    void only_the_loader_sees_pf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.aitbc.openclaw.host.plugins")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pf4j..")
                .check(all);
    }

    @Test
    void only_the_ollama_engine_and_its_benchmark_see_ollama4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.aitbc.openclaw.engine.ollama..", "io.aitbc.openclaw.bench.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.ollama4j..")
                .check(all);
    }

    @Test
    void only_the_provider_sees_web3j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.aitbc.openclaw.provider..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.web3j..")
                .check(all);
    }

    @Test
    void plugins_see_neither_the_host_nor_each_other() {
        PLUGINS.forEach((name, own) -> noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.aitbc.openclaw..")
                        .and(not(resideInAPackage(API)))
                        .and(not(resideInAPackage(own)))))
                .as(name)
                .check(all));
    }

    @Test
    void nothing_needs_a_plugins_classes() {
        PLUGINS.forEach((name, own) -> noClasses()
                .that()
                .resideOutsideOfPackage(own)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(own)
                .as(name)
                .check(all));
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.aitbc.openclaw.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void only_commands_and_main_classes_print() {
        noClasses()
                .that(resideOutsideOfPackage("io.aitbc.openclaw.cli..")
                        .and(describe(
                                "have no main method",
                                javaClass -> javaClass
                                        .tryGetMethod("main", String[].class)
                                        .isEmpty())))
                .should(ACCESS_STANDARD_STREAMS)
                .check(all);
    }

    @Test
    void failures_are_never_generic() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(all);
    }

    @Test
    void logs_go_through_slf4j() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(all);
    }

    @Test
    void every_package_is_null_marked() {
        TreeSet<String> unmarked = new TreeSet<>();
        for (JavaClass javaClass : all) {
            if (!javaClass.getSimpleName().equals("module-info")
                    && !javaClass.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                unmarked.add(javaClass.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
