package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Phase;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
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

    private final Map<String, ResourceType> types;
    private final Functions functions;
    private final UnaryOperator<String> environment;
    private final Runnable onCancel;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile Account account;

    /**
     * Makes a provider that still has to be configured.
     *
     * @param environment returns the value of an environment variable, null for none
     * @param onCancel what to do when the engine cancels; calls under way still end and answer
     */
    LocalAwsProvider(UnaryOperator<String> environment, Runnable onCancel) {
        this.environment = environment;
        this.onCancel = onCancel;
        TableType tables = new TableType();
        this.functions = new Functions(tables);
        this.types = List.of(tables, new MetricAlarmType(), new TopicType(), new TopicSubscriptionType()).stream()
                .collect(Collectors.toMap(ResourceType::token, Function.identity()));
    }

    @Override
    public void handshake(
            ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> observer) {
        answer(observer, () -> ProviderHandshakeResponse.newBuilder().setAcceptSecrets(true).build());
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
        answer(observer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> observer) {
        answer(observer, () -> GetSchemaResponse.newBuilder()
                .setSchema("{\"name\":\"aws\",\"version\":\"" + VERSION + "\"}")
                .build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
        answer(observer, () -> {
            PropertyMap config = PropertyCodec.read(request.getNews());
            return checked(config, ProviderConfig.problems(config, environment));
        });
    }

    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
        answer(observer, () -> {
            PropertyMap olds = PropertyCodec.read(request.getOlds());
            PropertyMap news = PropertyCodec.read(request.getNews());
            DiffResponse.Builder response = DiffResponse.newBuilder().setChanges(DiffResponse.DiffChanges.DIFF_NONE);
            Set<String> names = new TreeSet<>(olds.names());
            names.addAll(news.names());
            names.stream().filter(name -> !olds.get(name).equals(news.get(name))).forEach(name -> response
                    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
                    .addDiffs(name));
            return response.build();
        });
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
        answer(observer, () -> {
            ProviderConfig config =
                    ProviderConfig.from(PropertyCodec.read(request.getArgs()), environment);
            account = new Account(
                    config.region(),
                    config.defaultTags(),
                    new Tables(config.dynamoDb(), config.region(), cancelled::get));
            return ConfigureResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setSupportsPreview(true)
                    .build();
        });
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            String resource = name(request.getUrn());
            PropertyMap named = AutoName.complete(type, request, resource);
            InputCheck.Result result = InputCheck.check(type.token(), resource, type.schema(), named);
            List<String> failures = result.failures().isEmpty()
                    ? type.limits(result.inputs(), resource, account())
                    : result.failures();
            return checked(result.inputs(), failures);
        });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyMap state = PropertyCodec.read(request.getOlds());
            PropertyMap oldInputs = request.hasOldInputs() ? PropertyCodec.read(request.getOldInputs()) : state;
            PropertyMap newInputs = PropertyCodec.read(request.getNews());
            for (String ignored : request.getIgnoreChangesList()) {
                newInputs = new PropertyMap(
                        PropertyPath.from(ignored).copy(oldInputs.values(), newInputs.values()), newInputs.secrets());
            }
            PropertyMap planned = plan(type, newInputs, state, Phase.UPDATE);
            Differences differences =
                    Differences.between(type.schema(), state, planned, oldInputs, newInputs);
            return DiffResponse.newBuilder()
                    .setChanges(differences.changed().isEmpty()
                            ? DiffResponse.DiffChanges.DIFF_NONE
                            : DiffResponse.DiffChanges.DIFF_SOME)
                    .addAllDiffs(differences.changed())
                    .addAllReplaces(differences.replacing())
                    .setDeleteBeforeReplace(!differences.replacing().isEmpty()
                            && hasNameOfItsOwn(type, newInputs, name(request.getUrn())))
                    .putAllDetailedDiff(differences.detailed())
                    .setHasDetailedDiff(true)
                    .build();
        });
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyMap inputs = known(type, request.getUrn(), PropertyCodec.read(request.getProperties()));
            if (request.getPreview()) {
                return CreateResponse.newBuilder()
                        .setProperties(PropertyCodec.write(plan(type, inputs, PropertyMap.EMPTY, Phase.PREVIEW)))
                        .build();
            }
            PropertyMap planned = plan(type, inputs, PropertyMap.EMPTY, Phase.CREATE);
            ResourceType.Created created = orPartially(type, inputs, () -> type.create(planned, account()));
            return CreateResponse.newBuilder()
                    .setId(created.id())
                    .setProperties(PropertyCodec.write(created.properties()))
                    .build();
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyMap state = PropertyCodec.read(request.getProperties());
            PropertyMap inputs = PropertyCodec.read(request.getInputs());
            Optional<PropertyMap> properties = type.read(request.getId(), state, account());
            if (properties.isEmpty()) {
                return ReadResponse.newBuilder()
                        .setInputs(Struct.getDefaultInstance())
                        .setProperties(Struct.getDefaultInstance())
                        .build();
            }
            PropertyMap found = properties.get().withSecrets(inputs.secrets());
            return ReadResponse.newBuilder()
                    .setId(request.getId())
                    .setProperties(PropertyCodec.write(found))
                    .setInputs(PropertyCodec.write(Inputs.from(type.schema(), found, inputs)))
                    .build();
        });
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
        answer(observer, () -> {
            ResourceType type = type(request.getUrn());
            PropertyMap state = PropertyCodec.read(request.getOlds());
            PropertyMap inputs = known(type, request.getUrn(), PropertyCodec.read(request.getNews()));
            PropertyMap planned = plan(type, inputs, state, Phase.UPDATE);
            PropertyMap updated = request.getPreview()
                    ? planned
                    : orPartially(type, inputs, () -> type.update(request.getId(), state, planned, account()));
            return UpdateResponse.newBuilder()
                    .setProperties(PropertyCodec.write(updated))
                    .build();
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
        answer(observer, () -> InvokeResponse.newBuilder()
                .setReturn(PropertyCodec.write(
                        functions.invoke(request.getTok(), PropertyCodec.read(request.getArgs()), account())))
                .build());
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> observer) {
        cancelled.set(true);
        answer(observer, Empty::getDefaultInstance);
        onCancel.run();
    }

    private PropertyMap plan(ResourceType type, PropertyMap inputs, PropertyMap state, Phase phase) {
        PropertyMap planned = Plan.of(type.schema(), inputs, state, phase);
        boolean exists = !state.isEmpty() || phase == Phase.CREATE;
        PropertyMap tagged = type.schema().contains(Tags.TAGS)
                ? Tags.plan(planned, account().defaultTags(), exists)
                : planned;
        type.checkPlan(inputs, tagged);
        return tagged;
    }

    /**
     * Two resources cannot have one name, so the official provider has a resource deleted before its replacement is
     * made when the program names it, even when it is the name that changes.
     */
    private static boolean hasNameOfItsOwn(ResourceType type, PropertyMap inputs, String logicalName) {
        return type.longestName() > 0 && !AutoName.isMadeUp(inputs.get("name").text(), logicalName);
    }

    /** Inputs come checked from the engine; checking again keeps what is unknown from being dropped in silence. */
    private static PropertyMap known(ResourceType type, String urn, PropertyMap inputs) {
        List<String> unknown = inputs.names().stream()
                .filter(name -> type.schema().stream().noneMatch(property -> property.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw ProviderException.invalid("Unknown property " + String.join(", ", unknown) + " of " + type.token()
                    + " (" + name(urn) + ")");
        }
        return inputs;
    }

    private static <T> T orPartially(ResourceType type, PropertyMap inputs, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (PartialFailureException e) {
            PropertyMap reached = e.properties();
            ErrorResourceInitFailed detail = ErrorResourceInitFailed.newBuilder()
                    .setId(e.id())
                    .setProperties(PropertyCodec.write(reached))
                    .setInputs(PropertyCodec.write(Inputs.from(type.schema(), reached, inputs)))
                    .addReasons(reached.redact(String.valueOf(e.getMessage())))
                    .build();
            throw StatusProto.toStatusRuntimeException(Status.newBuilder()
                    .setCode(Code.UNKNOWN.value())
                    .setMessage(reached.redact(String.valueOf(e.getMessage())))
                    .addDetails(Any.pack(detail))
                    .build());
        }
    }

    private static CheckResponse checked(PropertyMap inputs, List<String> failures) {
        return CheckResponse.newBuilder()
                .setInputs(PropertyCodec.write(inputs))
                .addAllFailures(failures.stream()
                        .map(reason -> CheckFailure.newBuilder()
                                .setReason(inputs.redact(reason))
                                .build())
                        .toList())
                .build();
    }

    private Account account() {
        Account configured = account;
        if (configured == null) {
            throw new ProviderException(
                    Code.FAILED_PRECONDITION, "the provider has not been configured");
        }
        return configured;
    }

    private ResourceType type(String urn) {
        String[] parts = urn.split("::", 4);
        String qualified = parts.length == 4 ? parts[2] : urn;
        String token = qualified.substring(qualified.lastIndexOf('$') + 1);
        ResourceType type = types.get(token);
        if (type == null) {
            throw ProviderException.invalid("the local AWS plugin has no resource type " + token + "; it has "
                    + types.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return type;
    }

    private static String name(String urn) {
        String[] parts = urn.split("::", 4);
        return parts[parts.length - 1];
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (ProviderException e) {
            observer.onError(e.code().toStatus().withDescription(e.getMessage()).withCause(e).asRuntimeException());
            return;
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        } catch (RuntimeException e) {
            e.printStackTrace();
            observer.onError(Code.INTERNAL
                    .toStatus()
                    .withDescription("the local AWS plugin failed: " + e)
                    .withCause(e)
                    .asRuntimeException());
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }
}
