import type {
  RecordingFrequency,
  RecordingGroup,
  RecordingMode,
  RecordingStrategyType,
  ResourceType,
} from "@aws-sdk/client-config-service";
import type { RecorderArgs } from "@pulumi/aws/cfg/recorder";
import type { RecorderStatusArgs } from "@pulumi/aws/cfg/recorderStatus";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

type Inputs = Unwrap<RecorderArgs>;
type Group = NonNullable<Inputs["recordingGroup"]>;
type Mode = NonNullable<Inputs["recordingMode"]>;

/** A region has at most one. */
export const recorder = defineResource<RecorderArgs>({
  type: "aws:cfg/recorder:Recorder",
  properties: ["region", "name", "roleArn", "recordingGroup", "recordingMode"],
  required: ["roleArn"],
  nameProperty: "name",
  replaceOn: ["region", "name"],

  async create(context, inputs) {
    await put(context, inputs);
    return inputs.name ?? "";
  },

  async read({ clients, region }, name) {
    const lookUp = clients.config(region).describeConfigurationRecorders({ ConfigurationRecorderNames: [name] });
    const found = (await unlessGone(lookUp, "NoSuchConfigurationRecorder"))?.ConfigurationRecorders?.[0];
    return (
      found && {
        region,
        name: found.name,
        roleArn: found.roleARN,
        recordingGroup: found.recordingGroup && groupFromAws(found.recordingGroup),
        recordingMode: found.recordingMode && modeFromAws(found.recordingMode),
      }
    );
  },

  async update(context, _name, news) {
    await put(context, news);
  },

  async delete({ clients, region }, name) {
    const deletion = clients.config(region).deleteConfigurationRecorder({ ConfigurationRecorderName: name });
    await unlessGone(deletion, "NoSuchConfigurationRecorder");
  },
});

async function put({ clients, region }: Context, inputs: Inputs): Promise<void> {
  const { name, roleArn: roleARN, recordingGroup: group, recordingMode: mode } = inputs;
  await clients.config(region).putConfigurationRecorder({
    ConfigurationRecorder: {
      name,
      roleARN,
      recordingGroup: group && groupToAws(group),
      recordingMode: mode && modeToAws(mode),
    },
  });
}

function groupToAws(group: Group): RecordingGroup {
  const [exclusion] = group.exclusionByResourceTypes ?? [];
  const [strategy] = group.recordingStrategies ?? [];
  return {
    allSupported: group.allSupported ?? true,
    includeGlobalResourceTypes: group.includeGlobalResourceTypes,
    resourceTypes: group.resourceTypes as ResourceType[] | undefined,
    exclusionByResourceTypes: exclusion && { resourceTypes: exclusion.resourceTypes as ResourceType[] | undefined },
    recordingStrategy: strategy && { useOnly: strategy.useOnly as RecordingStrategyType | undefined },
  };
}

function groupFromAws(found: RecordingGroup): Group {
  const { allSupported, includeGlobalResourceTypes, resourceTypes, exclusionByResourceTypes, recordingStrategy } =
    found;
  return {
    allSupported,
    includeGlobalResourceTypes,
    resourceTypes,
    exclusionByResourceTypes: exclusionByResourceTypes?.resourceTypes?.length ? [exclusionByResourceTypes] : [],
    recordingStrategies: recordingStrategy && [{ useOnly: recordingStrategy.useOnly }],
  };
}

function modeToAws({ recordingFrequency, recordingModeOverride: override }: Mode): RecordingMode {
  return {
    recordingFrequency: recordingFrequency as RecordingFrequency | undefined,
    recordingModeOverrides: override && [
      {
        description: override.description,
        recordingFrequency: override.recordingFrequency as RecordingFrequency,
        resourceTypes: override.resourceTypes as ResourceType[],
      },
    ],
  };
}

function modeFromAws({ recordingFrequency, recordingModeOverrides: [override] = [] }: RecordingMode): Mode {
  const { recordingFrequency: otherwise = "", resourceTypes = [], description } = override ?? {};
  return {
    recordingFrequency,
    recordingModeOverride: override && { description, recordingFrequency: otherwise, resourceTypes },
  };
}

/** Whether a recorder runs: a setting of it, which a delete leaves switched off. */
export const recorderStatus = defineResource<RecorderStatusArgs>({
  type: "aws:cfg/recorderStatus:RecorderStatus",
  properties: ["region", "name", "isEnabled"],
  required: ["isEnabled"],
  nameProperty: "name",
  // terraform-provider-aws updates under another name, and starts nothing. The program therefore asks for a replacement
  // (replaceOnChanges), which the engine does not make with a provider written with Node's SDK: it lists no changes.
  replaceOn: ["region", "name"],

  async create(context, { name = "", isEnabled }) {
    await switchTo(isEnabled, context, name);
    return name;
  },

  async read({ clients, region }, name) {
    const lookUp = clients.config(region).describeConfigurationRecorderStatus({ ConfigurationRecorderNames: [name] });
    const found = (await unlessGone(lookUp, "NoSuchConfigurationRecorder"))?.ConfigurationRecordersStatus?.[0];
    return found && { region, name: found.name, isEnabled: found.recording };
  },

  async update(context, name, { isEnabled }) {
    await switchTo(isEnabled, context, name);
  },

  async delete(context, name) {
    await unlessGone(switchTo(false, context, name), "NoSuchConfigurationRecorder");
  },
});

async function switchTo(isEnabled: boolean, { clients, region }: Context, name: string): Promise<void> {
  const recorder = { ConfigurationRecorderName: name };
  const config = clients.config(region);
  await (isEnabled ? config.startConfigurationRecorder(recorder) : config.stopConfigurationRecorder(recorder));
}
