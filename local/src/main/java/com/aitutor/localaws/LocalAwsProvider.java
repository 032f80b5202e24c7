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
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
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
    public void handshake(ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
        answer(observer, ProviderHandshakeResponse::getDefaultInstance);
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
        answer(observer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> observer) {
        answer(
                observer,
                () -> GetSchemaResponse.newBuilder()
                        .setSchema("{\"name\":\"aws\",\"version\":\"" + VERSION + "\"}")
                        .build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
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
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
        answer(observer, () -> {
            PropertyValue before = PropertyValue.of(request.getOldInputs()).get("region");
            PropertyValue after = PropertyValue.of(request.getNews()).get("region");
            boolean moves = !before.isZero() && !after.isZero() && !before.equals(after);
            List<String> changed = moves ? List.of("region") : List.of();
            return different(changed, changed).build();
        });
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
        answer(observer, () -> {
            ProviderConfig config = ProviderConfig.from(PropertyValue.of(request.getArgs()), endpoint);
            account = new Account(config.region(), new DynamoDbTables(config, cancelled::get));
            return ConfigureResponse.newBuilder().setSupportsPreview(true).build();
        });
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
        answer(
                observer,
                () -> checked(
                        request,
                        InputCheck.failures(
                                type(request.getUrn()), name(request.getUrn()), PropertyValue.of(request.getNews()))));
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
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
    public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue inputs = PropertyValue.of(request.getProperties());
            PropertyValue planned = plan(type, inputs, PropertyValue.UNKNOWN);
            ResourceType.Created created = request.getPreview()
                    ? new ResourceType.Created("", planned)
                    : orPartially(type, inputs, () -> type.create(planned, account()));
            return CreateResponse.newBuilder()
                    .setId(created.id())
                    .setProperties(created.properties().struct())
                    .build();
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue inputs = PropertyValue.of(request.getInputs());
            return type.read(request.getId(), PropertyValue.of(request.getProperties()), account())
                    .map(found -> ReadResponse.newBuilder()
                            .setId(request.getId())
                            .setProperties(found.struct())
                            .setInputs(PropertySchema.inputs(type.schema(), found, inputs)
                                    .struct()))
                    .orElseGet(ReadResponse::newBuilder)
                    .build();
        });
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyValue state = PropertyValue.of(request.getOlds());
            PropertyValue inputs = PropertyValue.of(request.getNews());
            PropertyValue planned = plan(type, inputs, state);
            PropertyValue updated = request.getPreview()
                    ? planned
                    : orPartially(type, inputs, () -> type.update(request.getId(), state, planned, account()));
            return UpdateResponse.newBuilder().setProperties(updated.struct()).build();
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
        answer(observer, () -> {
            type(request.getUrn()).delete(request.getId(), account());
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
        answer(
                observer,
                () -> InvokeResponse.newBuilder()
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

    private static DiffResponse.Builder different(List<String> changed, List<String> replacing) {
        return DiffResponse.newBuilder()
                .setChanges(changed.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .addAllDiffs(changed)
                .addAllReplaces(replacing);
    }

    private static <T> T orPartially(ResourceType type, PropertyValue inputs, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (PartialFailureException e) {
            ErrorResourceInitFailed detail = ErrorResourceInitFailed.newBuilder()
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

    private static CheckResponse checked(CheckRequest request, List<String> failures) {
        CheckResponse.Builder response = CheckResponse.newBuilder().setInputs(request.getNews());
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
