package com.aitutor.localaws;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.ResourceProviderGrpc;

/**
 * What the Pulumi engine talks to: the provider protocol, handed on to the resource types. Calls it does not have answer
 * UNIMPLEMENTED.
 */
final class LocalAwsProvider extends ResourceProviderGrpc.ResourceProviderImplBase {
    /** The version of the official provider this one stands in for, and of the SDK programs use. */
    static final String VERSION = "6.83.0";

    private static final List<ResourceType> TYPES = List.of(
            StateOnlyTypes.DASHBOARD,
            StateOnlyTypes.METRIC_ALARM,
            new TableType(),
            StateOnlyTypes.TOPIC,
            StateOnlyTypes.TOPIC_SUBSCRIPTION);

    private final String endpoint;
    private final Runnable onCancel;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile Account account;

    /**
     * @param endpoint the value of {@link ProviderConfig#ENDPOINT_VARIABLE}, empty for none
     * @param onCancel what to do when the engine cancels; calls under way still end and answer
     */
    LocalAwsProvider(String endpoint, Runnable onCancel) {
        this.endpoint = endpoint;
        this.onCancel = onCancel;
    }

    /** Accepts no secrets: the engine sends their values and marks what comes back. */
    @Override
    public void handshake(
            Provider.ProviderHandshakeRequest request, StreamObserver<Provider.ProviderHandshakeResponse> observer) {
        answer(observer, Provider.ProviderHandshakeResponse::getDefaultInstance);
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
        answer(observer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
    }

    @Override
    public void getSchema(Provider.GetSchemaRequest request, StreamObserver<Provider.GetSchemaResponse> observer) {
        answer(
                observer,
                () -> Provider.GetSchemaResponse.newBuilder()
                        .setSchema("{\"name\":\"aws\",\"version\":\"" + VERSION + "\"}")
                        .build());
    }

    @Override
    public void checkConfig(Provider.CheckRequest request, StreamObserver<Provider.CheckResponse> observer) {
        answer(
                observer,
                () -> checked(request, ProviderConfig.problems(PropertyValue.of(request.getNews()), endpoint)));
    }

    /**
     * Another region replaces the provider and all that it made, as with the official provider 6.x (pulumi-aws, pull
     * request 4000; 5656 would have ended that and was not merged). A region that was not given before, or is no longer,
     * is no other one.
     */
    @Override
    public void diffConfig(Provider.DiffRequest request, StreamObserver<Provider.DiffResponse> observer) {
        answer(observer, () -> {
            PropertyValue before = PropertyValue.of(request.getOldInputs()).get("region");
            PropertyValue after = PropertyValue.of(request.getNews()).get("region");
            boolean moves = !before.isZero() && !after.isZero() && !before.equals(after);
            List<String> changed = moves ? List.of("region") : List.of();
            return different(changed, changed).build();
        });
    }

    @Override
    public void configure(Provider.ConfigureRequest request, StreamObserver<Provider.ConfigureResponse> observer) {
        answer(observer, () -> {
            ProviderConfig config = ProviderConfig.from(PropertyValue.of(request.getArgs()), endpoint);
            account = new Account(config.region(), new DynamoDbTables(config, cancelled::get));
            return Provider.ConfigureResponse.newBuilder()
                    .setSupportsPreview(true)
                    .build();
        });
    }

    @Override
    public void check(Provider.CheckRequest request, StreamObserver<Provider.CheckResponse> observer) {
        answer(
                observer,
                () -> checked(
                        request,
                        InputCheck.failures(
                                type(request.getUrn()), name(request.getUrn()), PropertyValue.of(request.getNews()))));
    }

    @Override
    public void diff(Provider.DiffRequest request, StreamObserver<Provider.DiffResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue state = PropertyValue.of(request.getOlds());
            PropertyValue planned = plan(type, PropertyValue.of(request.getNews()), state);
            List<PropertySchema> changed = type.schema().stream()
                    .filter(property -> property.differs(planned, state))
                    .toList();
            List<String> replacing =
                    names(changed.stream().filter(property -> property.has(PropertySchema.Trait.REPLACES)));
            return different(names(changed.stream()), replacing)
                    // two resources cannot have one name, so the official provider does the same
                    .setDeleteBeforeReplace(!state.get("name").isAbsent() && !replacing.isEmpty())
                    .build();
        });
    }

    @Override
    public void create(Provider.CreateRequest request, StreamObserver<Provider.CreateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue inputs = PropertyValue.of(request.getProperties());
            PropertyValue planned = plan(type, inputs, PropertyValue.UNKNOWN);
            ResourceType.Created created = request.getPreview()
                    ? new ResourceType.Created("", planned)
                    : orPartially(type, inputs, () -> type.create(planned, account()));
            return Provider.CreateResponse.newBuilder()
                    .setId(created.id())
                    .setProperties(created.properties().struct())
                    .build();
        });
    }

    @Override
    public void read(Provider.ReadRequest request, StreamObserver<Provider.ReadResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue inputs = PropertyValue.of(request.getInputs());
            return type.read(request.getId(), PropertyValue.of(request.getProperties()), account())
                    .map(found -> Provider.ReadResponse.newBuilder()
                            .setId(request.getId())
                            .setProperties(found.struct())
                            .setInputs(PropertySchema.inputs(type.schema(), found, inputs)
                                    .struct()))
                    .orElseGet(Provider.ReadResponse::newBuilder)
                    .build();
        });
    }

    @Override
    public void update(Provider.UpdateRequest request, StreamObserver<Provider.UpdateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue state = PropertyValue.of(request.getOlds());
            PropertyValue inputs = PropertyValue.of(request.getNews());
            PropertyValue planned = plan(type, inputs, state);
            PropertyValue updated = request.getPreview()
                    ? planned
                    : orPartially(type, inputs, () -> type.update(request.getId(), state, planned, account()));
            return Provider.UpdateResponse.newBuilder()
                    .setProperties(updated.struct())
                    .build();
        });
    }

    @Override
    public void delete(Provider.DeleteRequest request, StreamObserver<Empty> observer) {
        answer(observer, () -> {
            type(request.getUrn()).delete(request.getId(), account());
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void invoke(Provider.InvokeRequest request, StreamObserver<Provider.InvokeResponse> observer) {
        answer(
                observer,
                () -> Provider.InvokeResponse.newBuilder()
                        .setReturn(ProviderFunctions.invoke(
                                        request.getTok(), PropertyValue.of(request.getArgs()), account())
                                .struct())
                        .build());
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> observer) {
        cancelled.set(true);
        answer(observer, Empty::getDefaultInstance);
        onCancel.run();
    }

    private static PropertyValue plan(ResourceType type, PropertyValue inputs, PropertyValue state) {
        PropertyValue planned = PropertySchema.plan(type.schema(), inputs, state);
        type.checkPlan(planned);
        return planned;
    }

    private static List<String> names(Stream<PropertySchema> properties) {
        return properties.map(PropertySchema::name).toList();
    }

    private static Provider.DiffResponse.Builder different(List<String> changed, List<String> replacing) {
        return Provider.DiffResponse.newBuilder()
                .setChanges(changed.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .addAllDiffs(changed)
                .addAllReplaces(replacing);
    }

    private static <T> T orPartially(ResourceType type, PropertyValue inputs, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (PartialFailureException e) {
            Provider.ErrorResourceInitFailed detail = Provider.ErrorResourceInitFailed.newBuilder()
                    .setId(e.id)
                    .setProperties(e.properties.struct())
                    .setInputs(PropertySchema.inputs(type.schema(), e.properties, inputs)
                            .struct())
                    .addReasons(e.getMessage())
                    .build();
            throw StatusProto.toStatusRuntimeException(Status.newBuilder()
                    .setCode(Code.UNKNOWN.value())
                    .setMessage(e.getMessage())
                    .addDetails(Any.pack(detail))
                    .build());
        }
    }

    private static Provider.CheckResponse checked(Provider.CheckRequest request, List<String> failures) {
        Provider.CheckResponse.Builder response =
                Provider.CheckResponse.newBuilder().setInputs(request.getNews());
        failures.forEach(reason -> response.addFailuresBuilder().setReason(reason));
        return response.build();
    }

    private Account account() {
        if (account == null) {
            throw new ProviderException(Code.FAILED_PRECONDITION, "the provider has not been configured");
        }
        return account;
    }

    /** A URN is {@code urn:pulumi:<stack>::<project>::<types of parents, by $>$<type>::<name>}. */
    static ResourceType type(String urn) {
        String qualified = urn.split("::", 4)[2];
        String token = qualified.substring(qualified.lastIndexOf('$') + 1);
        return TYPES.stream()
                .filter(type -> type.token().equals(token))
                .findFirst()
                .orElseThrow(() -> ProviderException.invalid("the local AWS plugin has no resource type " + token
                        + "; it has "
                        + TYPES.stream().map(ResourceType::token).collect(Collectors.joining(", "))));
    }

    private static String name(String urn) {
        return urn.split("::", 4)[3];
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> call) {
        try {
            observer.onNext(call.get());
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        } catch (RuntimeException e) {
            e.printStackTrace();
            observer.onError(Code.INTERNAL
                    .toStatus()
                    .withDescription("the local AWS plugin failed: " + e)
                    .asRuntimeException());
        }
    }
}
