package com.aitutor.localaws;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.Optional;
import pulumirpc.Provider.CheckRequest;

/** Names resources the program leaves unnamed, as Pulumi's AWS provider does: the logical name and seven hex digits. */
final class AutoName {

    private static final int SUFFIX_DIGITS = 7;

    private AutoName() {}

    /** Returns the inputs to check, with a name where the type needs one and the program gives none. */
    static PropertyMap complete(ResourceType type, CheckRequest request, String logicalName) {
        PropertyMap inputs = PropertyCodec.read(request.getNews());
        if (type.longestName() == 0 || !inputs.get("name").isAbsent()) {
            return inputs;
        }
        PropertyValue former = PropertyCodec.read(request.getOlds()).get("name");
        if (!former.isAbsent()) {
            return inputs.with("name", former);
        }
        String suffix = "-" + suffix(request.getRandomSeed());
        int longest = type.longestName() - suffix.length();
        String stem = logicalName.length() > longest ? logicalName.substring(0, longest) : logicalName;
        return inputs.with("name", PropertyValue.of(stem + suffix));
    }

    /** Returns whether a name looks made up here, and is not the program's own. */
    static boolean isMadeUp(String name, String logicalName) {
        int stem = name.length() - SUFFIX_DIGITS - 1;
        return stem > 0
                && logicalName.startsWith(name.substring(0, stem))
                && name.substring(stem).matches("-[0-9a-f]+");
    }

    private static String suffix(ByteString seed) {
        byte[] bytes = Optional.of(seed)
                .filter(given -> !given.isEmpty())
                .map(ByteString::toByteArray)
                .orElseGet(() -> new SecureRandom().generateSeed(SUFFIX_DIGITS));
        StringBuilder digits = new StringBuilder();
        for (int index = 0; index < SUFFIX_DIGITS; index++) {
            digits.append(Character.forDigit(bytes[index % bytes.length] & 0xf, 16));
        }
        return digits.toString();
    }
}
