import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsResponse,
  GetInsightSelectorsResponse,
  InsightSelector,
} from "@aws-sdk/client-cloudtrail";
import type { TrailArgs } from "@pulumi/aws/cloudtrail/trail";
import type { Unwrap } from "@pulumi/pulumi";

type Inputs = Unwrap<TrailArgs>;

interface Selectors {
  EventSelectors?: EventSelector[];
  AdvancedEventSelectors?: AdvancedEventSelector[];
}

/** A trail has selectors of one kind; undefined leaves AWS's own (every management event). */
export function selectorsToAws({ eventSelectors, advancedEventSelectors }: Inputs): Selectors | undefined {
  if (advancedEventSelectors !== undefined) {
    return {
      AdvancedEventSelectors: advancedEventSelectors.map(({ name, fieldSelectors }) => ({
        Name: name,
        FieldSelectors: fieldSelectors.map((field) => ({
          Field: field.field,
          Equals: field.equals,
          NotEquals: field.notEquals,
          StartsWith: field.startsWiths,
          NotStartsWith: field.notStartsWiths,
          EndsWith: field.endsWiths,
          NotEndsWith: field.notEndsWiths,
        })),
      })),
    };
  }
  return (
    eventSelectors && {
      EventSelectors: eventSelectors.map((selector) => ({
        ReadWriteType: selector.readWriteType as "All" | undefined,
        IncludeManagementEvents: selector.includeManagementEvents,
        ExcludeManagementEventSources: selector.excludeManagementEventSources,
        DataResources: selector.dataResources?.map(({ type, values }) => ({ Type: type, Values: values })),
      })),
    }
  );
}

export function selectorsFromAws(
  found: GetEventSelectorsResponse,
): Pick<Inputs, "eventSelectors" | "advancedEventSelectors"> {
  return {
    eventSelectors: found.EventSelectors?.map((selector) => ({
      readWriteType: selector.ReadWriteType,
      includeManagementEvents: selector.IncludeManagementEvents,
      excludeManagementEventSources: selector.ExcludeManagementEventSources,
      dataResources: selector.DataResources?.map(({ Type = "", Values = [] }) => ({ type: Type, values: Values })),
    })),
    advancedEventSelectors: found.AdvancedEventSelectors?.map(({ Name, FieldSelectors = [] }) => ({
      name: Name,
      fieldSelectors: FieldSelectors.map((field) => ({
        field: field.Field ?? "",
        equals: field.Equals,
        notEquals: field.NotEquals,
        startsWiths: field.StartsWith,
        notStartsWiths: field.NotStartsWith,
        endsWiths: field.EndsWith,
        notEndsWiths: field.NotEndsWith,
      })),
    })),
  };
}

export function insightsToAws({ insightSelectors = [] }: Inputs): InsightSelector[] {
  return insightSelectors.map(({ insightType }) => ({ InsightType: insightType as "ApiCallRateInsight" }));
}

export function insightsFromAws(found: GetInsightSelectorsResponse | undefined): { insightType: string }[] | undefined {
  return found?.InsightSelectors?.map(({ InsightType = "" as const }) => ({ insightType: InsightType }));
}
