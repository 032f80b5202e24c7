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

    /** Returns the properties of such a resource. */
    List<PropertySchema> schema();

    /** Returns the longest name to make up for a resource without one, 0 for types that have no name. */
    int longestName();

    /**
     * Returns what AWS would refuse about inputs that the official provider lets pass, each ready to show.
     *
     * @param inputs inputs that fit the schema; any of them may be unknown
     * @param resource the resource's name in the program, for messages
     */
    List<String> limits(PropertyMap inputs, String resource, Account account);

    /**
     * Refuses a plan for what the official provider refuses when it plans, in previews too.
     *
     * @param inputs the inputs planned from
     * @throws ProviderException with the reason
     */
    void checkPlan(PropertyMap inputs, PropertyMap planned);

    /** Creates a resource as planned. */
    Created create(PropertyMap planned, Account account);

    /** Returns the properties of a resource now, given those it had; nothing when it is gone. */
    Optional<PropertyMap> read(String id, PropertyMap state, Account account);

    /** Changes a resource to what is planned and returns its properties. */
    PropertyMap update(String id, PropertyMap state, PropertyMap planned, Account account);

    /** Deletes a resource. */
    void delete(String id, Account account);

    /** A resource just created. */
    record Created(String id, PropertyMap properties) {}
}
