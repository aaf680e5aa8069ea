/** The names the UI uses for what the API answers; the shapes are generated from the API. */
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Usage = Schemas["UsageShape"];
export type Trace = Schemas["TraceShape"];
export type TraceDetail = Schemas["TraceDetail"];
export type Span = Schemas["SpanShape"];
export type StatusCode = Span["status"]["code"];
export type Message = Schemas["Message"];
export type Part = NonNullable<Message["parts"]>[number];
export type Attempt = Schemas["AttemptShape"];
export type ToolDefinition = Schemas["ToolDefinition"];
export type SpanEvent = Schemas["EventShape"];
export type Facets = Schemas["FacetsShape"];
export type FacetAnswer = Schemas["FacetAnswer"];
export type FacetCounts = FacetAnswer["items"][number];
export type FilterFields = Schemas["FilterFields"];
export type Group = Schemas["GroupShape"];
export type GroupDetail = Schemas["GroupDetail"];
export type Replay = Schemas["ReplayAnswer"];
export type ReplayStep = Replay["steps"][number];
export type SavedView = Schemas["SavedView"];
export type ViewBody = Schemas["ViewBody"];
export type Provider = Schemas["ProviderStatus"];
export type ProviderDetail = Schemas["ProviderDetail"];
export type Target = Schemas["TargetStatus"];
export type TargetState = NonNullable<Target["state"]>;
export type TargetHealth = Schemas["TargetHealth"];
export type HistoryPoint = Schemas["HistoryPoint"];
export type Route = Schemas["RouteShape"];
export type RouteBody = Schemas["RouteBody"];
export type Question = Schemas["ExplainBody"];
export type Explanation = Schemas["Explanation"];
export type ExplainedTarget = Schemas["ExplainedTarget"];
export type SeriesAnswer = Schemas["SeriesAnswer"];
export type Series = SeriesAnswer["series"][number];
export type Metric = Series["metric"];
export type Summary = Schemas["SummaryAnswer"];
export type Totals = Summary["current"];
export type AuditEntry = Schemas["AuditShape"];
export type AuditReport = Schemas["AuditReport"];
export type Alert = Schemas["AlertShape"];
export type Severity = Alert["severity"];
export type AlertRule = Schemas["AlertRule"];
export type AlertRuleKept = Schemas["RuleShape"];
export type RuleTrial = Schemas["RuleTrial"];
export type Channel = Schemas["Channel"];
export type ChannelKept = Schemas["ChannelShape"];
export type ChannelList = Schemas["ChannelList"];
export type ChannelKind = ChannelList["kinds"][number];
export type Info = Schemas["Info"];
export type LiveTraces = Schemas["LiveTraces"];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
