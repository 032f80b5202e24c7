package com.aitutor.localaws;

import java.util.List;
import java.util.Optional;

/**
 * One type of resource. What all types have in common, from checking inputs to finding differences, follows from
 * {@link #schema()}; an implementation adds what is special about its type and talks to the service behind it.
 */
interface ResourceType {
    /** Returns the type's token, such as {@code aws:sns/topic:Topic}. */
    String token();

    /** Returns the properties that a program can give or get; any other is refused. */
    List<PropertySchema> schema();

    /** Refuses what the official provider refuses when it plans, in previews too. */
    default void checkPlan(PropertyValue planned) {}

    /** Creates a resource as planned. A {@link PartialFailureException} tells that it exists, but is not as planned. */
    Created create(PropertyValue planned, Account account);

    /** Returns the properties of a resource now, given those it had; nothing when it is gone. */
    Optional<PropertyValue> read(String id, PropertyValue state, Account account);

    /** Changes a resource to what is planned, or as far as a {@link PartialFailureException} tells. */
    PropertyValue update(String id, PropertyValue state, PropertyValue planned, Account account);

    void delete(String id, Account account);

    record Created(String id, PropertyValue properties) {}
}
