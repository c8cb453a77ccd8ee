package io.aitbc.openclaw.provider;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of models, as offers and clients write them. */
public final class ModelNames {
    static final String NAMESPACE = "aitbc/";
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}");
    private static final int LONGEST = 400;

    private ModelNames() {}

    /** Whether a name from an offer can be passed on to clients. */
    public static boolean usable(String model) {
        return MODEL.matcher(model).matches();
    }

    /** With {@code :latest} when there is no tag. */
    public static String tagged(String model) {
        int name = model.lastIndexOf('/') + 1;
        return model.indexOf(':', name) < 0 ? model + ":latest" : model;
    }

    /** Two names of the same model are equal in this form. */
    public static String key(String name) {
        if (name.length() > LONGEST) {
            return "";
        }
        String lower = name.strip().toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        return at < 0 ? tagged(lower) : tagged(lower.substring(0, at)) + lower.substring(at);
    }
}
