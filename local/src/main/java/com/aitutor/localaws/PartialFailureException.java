package com.aitutor.localaws;

/**
 * A create or an update that changed something before it failed. The engine keeps the properties given here in the
 * state, so that it knows of the resource and the next run goes on from there.
 */
class PartialFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient PropertyValue properties;
    final String id;

    /** Makes one of a resource whose properties got as far as these. */
    PartialFailureException(String id, PropertyValue properties, RuntimeException reason) {
        super(reason.getMessage(), reason);
        this.id = id;
        this.properties = properties;
    }
}
