package io.aitbc.openclaw.bench.reload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes classes of a plugin so that it fails at a certain step, and only there. */
final class SpoiltClasses {
    private static final String API = "io/aitbc/openclaw/api/";
    private static final ClassDesc FAILURE = ClassDesc.of("java.lang.IllegalStateException");
    private static final MethodTypeDesc OF_TEXT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final Fault fault;
    private boolean changed;

    private SpoiltClasses(Fault fault) {
        this.fault = fault;
    }

    /** Empty when the plugin has nothing that could fail so. */
    static Optional<byte[]> spoil(byte[] jar, Fault fault) throws IOException {
        SpoiltClasses classes = new SpoiltClasses(fault);
        byte[] spoilt = classes.jar(jar);
        return classes.changed ? Optional.of(spoilt) : Optional.empty();
    }

    private byte[] jar(byte[] jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(entry.getName().endsWith(".class") ? ofClass(content) : content);
            }
        }
        return bytes.toByteArray();
    }

    private byte[] ofClass(byte[] content) {
        ClassFile files = ClassFile.of();
        ClassModel model = files.parse(content);
        if (model.methods().stream().noneMatch(method -> isMeant(model, method))) {
            return content;
        }
        changed = true;
        return files.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method && isMeant(model, method)) {
                builder.withMethodBody(
                        method.methodName(), method.methodType(), method.flags().flagsMask(), body());
            } else {
                builder.with(element);
            }
        });
    }

    private boolean isMeant(ClassModel model, MethodModel method) {
        String signature =
                method.methodName().stringValue() + method.methodType().stringValue();
        return method.code().isPresent()
                && switch (fault) {
                    case START ->
                        offers(model, "Factory") && signature.startsWith("create(L" + API + "PluginContext;)");
                    case PROBE -> offers(model, "") && signature.equals("id()Ljava/lang/String;");
                    case SERVICE -> offers(model, "/BackgroundService") && signature.equals("start()V");
                    case CUT, FOREIGN_SIGNATURE -> false;
                };
    }

    private static boolean offers(ClassModel model, String ending) {
        return model.interfaces().stream()
                .map(type -> type.asInternalName())
                .anyMatch(name -> name.startsWith(API) && name.endsWith(ending));
    }

    private Consumer<CodeBuilder> body() {
        return fault == Fault.PROBE
                ? code -> code.loadConstant("Not An Id").areturn()
                : code -> code.new_(FAILURE)
                        .dup()
                        .loadConstant("spoilt")
                        .invokespecial(FAILURE, ConstantDescs.INIT_NAME, OF_TEXT)
                        .athrow();
    }
}
