// Generated from the API by `npm run types`. Do not edit.

export interface paths {
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export spans
         * @description All spans that match, newest first, with payload in `jsonl` (one span of the API a line) and flat without payload in `csv`. A connection that breaks off means that the export is incomplete.
         */
        get: operations["export_spans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Values for filter menus
         * @description Models, providers and tags seen in the range (default: the last 24 hours).
         */
        get: operations["show_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation is */
        get: operations["show_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * New spans as server-sent events
         * @description Events: `ready` (first connection), `traces` (data: LiveTraces), `reset` (data: LiveReset: something was missed, load anew). At most four a second; a comment as heartbeat every 15 s. Goes on after `Last-Event-ID`.
         */
        get: operations["follow_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of model calls over time
         * @description Calls are spans of kind `llm` and `embedding`. Default range: the last 24 hours. Points of `cost_usd` are plain numbers, made for drawing.
         */
        get: operations["show_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Totals of a range beside the range before it */
        get: operations["show_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configured providers */
        get: operations["list_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a token is needed, and shown */
        get: operations["show_session"];
        put?: never;
        /** Show the access token, get a session cookie */
        post: operations["open_session"];
        /** Forget the session cookie */
        delete: operations["close_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List spans, newest first
         * @description A page ends early when payloads exceed 8 MB in all; `next_cursor` goes on.
         */
        get: operations["list_spans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List traces, newest first */
        get: operations["list_traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{trace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One trace with its spans, oldest first
         * @description Payloads come along up to 8 MB in all; the spans beyond have `payload_included` false and are loaded one by one.
         */
        get: operations["show_trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{trace_id}/spans/{span_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One span with its whole payload */
        get: operations["show_span"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved views, oldest first */
        get: operations["list_views"];
        put?: never;
        /** Save a view */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One saved view */
        get: operations["show_view"];
        /** Replace a saved view */
        put: operations["replace_view"];
        post?: never;
        /** Delete a saved view */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["show_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether calls can be served and recorded
         * @description 503 when a part that is required failed.
         */
        get: operations["show_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics for Prometheus */
        get: operations["show_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AttemptShape
         * @description One try against one provider.
         */
        AttemptShape: {
            duration_ms: number;
            /** @description Stable code; null for success. */
            error: string | null;
            first_byte_ms: number | null;
            model: string;
            provider: string;
            provider_request_id: string | null;
            /** @description RFC 3339, UTC, microseconds. */
            start_time: string;
            /** @description HTTP status; null where no head arrived. */
            status: number | null;
        };
        /**
         * EventShape
         * @description Something that happened at one moment of a span.
         */
        EventShape: {
            attributes: Record<string, unknown>;
            name: string;
            /** @description RFC 3339, UTC, microseconds. */
            time: string;
        };
        /**
         * FacetsShape
         * @description Values seen in a time range, most frequent first, at most 100 each.
         */
        FacetsShape: {
            models: string[];
            providers: string[];
            tags: string[];
        };
        /**
         * Info
         * @description What this installation is.
         */
        Info: {
            capture: string;
            durable: boolean;
            gateway_url: string;
            percentiles: boolean;
            profile: string;
            text_search: boolean;
            /** @description RFC 3339, UTC, microseconds. */
            time: string;
            token_required: boolean;
            version: string;
        };
        /**
         * Liveness
         * @description The process answers.
         */
        Liveness: {
            /** @enum {unknown} */
            status: "ok";
            version: string;
        };
        /**
         * LiveReset
         * @description Data of a `reset` event: something was missed, load the page anew.
         */
        LiveReset: {
            /** @enum {unknown} */
            reason: "overflow" | "slow_client" | "too_old" | "unknown_id";
        };
        /**
         * LiveTraces
         * @description Data of a `traces` event: traces with new spans, newest last.
         */
        LiveTraces: {
            spans: number;
            trace_ids: string[];
        };
        /**
         * MediaPart
         * @description An image, a sound or a file: by URL, by provider id, or inline (only its size kept).
         */
        MediaPart: {
            /** @default  */
            file_id?: string;
            /** @default  */
            mime_type?: string;
            modality: string;
            /** @default 0 */
            size_bytes?: number;
            /** @enum {unknown} */
            type: "media";
            /** @default  */
            uri?: string;
        };
        /**
         * Message
         * @description One message: who speaks and what, part by part.
         */
        Message: {
            /** @default {} */
            extra?: Record<string, unknown>;
            /** @default  */
            finish_reason?: string;
            /** @default  */
            name?: string;
            /** @default [] */
            parts?: (components["schemas"]["TextPart"] | components["schemas"]["ReasoningPart"] | components["schemas"]["RefusalPart"] | components["schemas"]["MediaPart"] | components["schemas"]["ToolCallPart"] | components["schemas"]["ToolResultPart"] | components["schemas"]["RawPart"])[];
            role: string;
        };
        /**
         * Problem
         * @description An error (RFC 9457). `code` is stable and for programs, `detail` is for people.
         */
        Problem: {
            code: string;
            detail: string;
            /** @default [] */
            errors?: components["schemas"]["ProblemField"][];
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        /**
         * ProblemField
         * @description One thing that was wrong with the request.
         */
        ProblemField: {
            expected: string;
            /** @description The parameter, or the path inside the body. */
            name: string;
            value: string | null;
        };
        /**
         * ProviderList
         * @description The configured providers, in the order of the configuration.
         */
        ProviderList: {
            items: components["schemas"]["ProviderStatus"][];
        };
        /**
         * ProviderStatus
         * @description A configured provider and how its calls went since the start.
         */
        ProviderStatus: {
            /** @description Without credentials. */
            base_url: string;
            /** @default 0 */
            errors?: number;
            /** @description False: the client's own credential is forwarded. */
            has_key: boolean;
            kind: string;
            /** @default null */
            last_error?: string | null;
            /** @default null */
            last_error_time?: string | null;
            /** @default null */
            last_success_time?: string | null;
            /** @default null */
            latency_p50_ms?: number | null;
            /** @default null */
            latency_p95_ms?: number | null;
            /** @default [] */
            models?: string[];
            name: string;
            /** @default 0 */
            requests?: number;
            /** @default false */
            simulated?: boolean;
            /** @default null */
            ttft_p50_ms?: number | null;
        };
        /**
         * RawPart
         * @description A part of a kind we do not know, kept as it came.
         */
        RawPart: {
            /** @default null */
            content?: unknown;
            /** @enum {unknown} */
            type: "raw";
        };
        /**
         * Readiness
         * @description `ok`, `degraded` (serving, a part that is not required failed) or `failed`.
         *
         *     Without a valid token, where one is configured, the list of subsystems is empty.
         */
        Readiness: {
            /** @enum {unknown} */
            status: "degraded" | "failed" | "ok";
            subsystems: components["schemas"]["SubsystemHealth"][];
        };
        /** ReasoningPart */
        ReasoningPart: {
            content: string;
            /** @default false */
            redacted?: boolean;
            /** @default  */
            signature?: string;
            /** @enum {unknown} */
            type: "reasoning";
        };
        /** RefusalPart */
        RefusalPart: {
            content: string;
            /** @enum {unknown} */
            type: "refusal";
        };
        /**
         * SavedView
         * @description A saved view. `version` is also its ETag.
         */
        SavedView: {
            /** @description RFC 3339, UTC, microseconds. */
            created_time: string;
            id: string;
            layout: Record<string, unknown>;
            name: string;
            page: string;
            query: {
                [key: string]: string;
            };
            /** @description RFC 3339, UTC, microseconds. */
            updated_time: string;
            version: number;
        };
        /**
         * SeriesAnswer
         * @description Metrics of model calls over time.
         */
        SeriesAnswer: {
            bucket_s: number;
            /** @description RFC 3339, UTC, microseconds. */
            from: string;
            series: components["schemas"]["SeriesShape"][];
            /** @description RFC 3339, UTC, microseconds. */
            to: string;
        };
        /**
         * SeriesShape
         * @description One line of a chart; buckets without calls are left out.
         */
        SeriesShape: {
            /** @description Model or provider; null without group_by. */
            group: string | null;
            /** @enum {unknown} */
            metric: "cache_read_tokens" | "cost_usd" | "errors" | "input_tokens" | "latency_p50_ms" | "latency_p95_ms" | "latency_p99_ms" | "output_tokens" | "requests" | "ttft_p50_ms" | "ttft_p95_ms" | "ttft_p99_ms";
            /** @description Start of the bucket and its value. */
            points: [
                string,
                number
            ][];
            /** @enum {unknown} */
            unit: "count" | "ms" | "tokens" | "usd";
        };
        /**
         * SessionBody
         * @description The access token.
         */
        SessionBody: {
            token: string;
        };
        /**
         * SessionState
         * @description Whether a token is asked for and whether this client has shown it.
         */
        SessionState: {
            authenticated: boolean;
            expires_time: string | null;
            token_required: boolean;
        };
        /**
         * SpanPage
         * @description Spans, newest first; fewer than `limit` when the payloads are big.
         */
        SpanPage: {
            items: components["schemas"]["SpanShape"][];
            next_cursor: string | null;
        };
        /**
         * SpanShape
         * @description A span.
         *
         *     `input`, `output`, `tools`, `attributes`, `events` and `attempts` are its payload: without it
         *     (`payload_included` false) they are null or empty. `raw_request` and `raw_response` come with
         *     `GET /traces/{trace_id}/spans/{span_id}` only.
         */
        SpanShape: {
            attempts: components["schemas"]["AttemptShape"][];
            attributes: Record<string, unknown>;
            /** @enum {unknown} */
            capture: "full" | "hash" | "none" | "redacted";
            /** @enum {unknown} */
            cost_source: "priced" | "reported" | "unknown";
            cost_usd: string | null;
            duration_ms: number;
            /** @description RFC 3339, UTC, microseconds. */
            end_time: string;
            events: components["schemas"]["EventShape"][];
            finish_reason: string | null;
            input: components["schemas"]["Message"][] | string | null;
            /** @enum {unknown} */
            kind: "agent" | "chain" | "embedding" | "evaluator" | "guard" | "llm" | "other" | "retriever" | "tool";
            model: string | null;
            name: string;
            output: components["schemas"]["Message"][] | string | null;
            parent_span_id: string | null;
            payload_included: boolean;
            price_version: string | null;
            provider: string | null;
            raw_request: string | null;
            raw_response: string | null;
            response_model: string | null;
            route: string | null;
            session_id: string | null;
            span_id: string;
            /** @description RFC 3339, UTC, microseconds. */
            start_time: string;
            status: components["schemas"]["StatusShape"];
            tags: string[];
            tool_calls: components["schemas"]["ToolCallShape"][];
            tools: components["schemas"]["ToolDefinition"][];
            trace_id: string;
            ttft_ms: number | null;
            usage: components["schemas"]["UsageShape"];
            user_id: string | null;
        };
        /**
         * StatusShape
         * @description How a span ended; the message is for people and may be empty.
         */
        StatusShape: {
            /** @enum {unknown} */
            code: "error" | "ok" | "unset";
            message: string;
        };
        /**
         * SubsystemHealth
         * @description How one part is; when it is not `ok` and `required`, the whole is not ready.
         */
        SubsystemHealth: {
            /** @default {} */
            detail?: {
                [key: string]: number;
            };
            /** @default  */
            message?: string;
            name: string;
            ok: boolean;
            /** @default true */
            required?: boolean;
        };
        /**
         * SummaryAnswer
         * @description Totals of a range and of the equally long range before it.
         */
        SummaryAnswer: {
            current: components["schemas"]["TotalsShape"];
            /** @description RFC 3339, UTC, microseconds. */
            from: string;
            previous: components["schemas"]["TotalsShape"];
            /** @description RFC 3339, UTC, microseconds. */
            previous_from: string;
            /** @description RFC 3339, UTC, microseconds. */
            to: string;
        };
        /** TextPart */
        TextPart: {
            content: string;
            /** @enum {unknown} */
            type: "text";
        };
        /** ToolCallPart */
        ToolCallPart: {
            /** @default null */
            arguments?: unknown;
            /** @default  */
            id?: string;
            name: string;
            /** @enum {unknown} */
            type: "tool_call";
        };
        /**
         * ToolCallShape
         * @description A tool call the model asked for; `arguments` as decoded JSON, text where it was invalid.
         */
        ToolCallShape: {
            arguments: unknown;
            id: string | null;
            name: string;
        };
        /**
         * ToolDefinition
         * @description A tool offered to the model.
         */
        ToolDefinition: {
            /** @default  */
            description?: string;
            name: string;
            /** @default null */
            parameters?: unknown;
        };
        /** ToolResultPart */
        ToolResultPart: {
            /** @default  */
            id?: string;
            /** @default null */
            result?: unknown;
            /** @enum {unknown} */
            type: "tool_call_response";
        };
        /**
         * TotalsShape
         * @description Model calls of one time range as a whole; percentiles are null when there were none.
         */
        TotalsShape: {
            cache_read_tokens: number;
            /** @description Decimal USD; null when no call could be priced. */
            cost_usd: string | null;
            /** @description 0 to 1; null without requests. */
            error_rate: number | null;
            errors: number;
            input_tokens: number;
            latency_p50_ms: number | null;
            latency_p95_ms: number | null;
            latency_p99_ms: number | null;
            output_tokens: number;
            requests: number;
            ttft_p50_ms: number | null;
            ttft_p95_ms: number | null;
            ttft_p99_ms: number | null;
        };
        /**
         * TraceDetail
         * @description A trace with its spans, oldest first; the tree follows from `parent_span_id`.
         */
        TraceDetail: {
            cost_usd: string | null;
            duration_ms: number;
            /** @description RFC 3339, UTC, microseconds. */
            end_time: string;
            models: string[];
            name: string;
            providers: string[];
            session_id: string | null;
            span_count: number;
            spans: components["schemas"]["SpanShape"][];
            /** @description True when it has more spans than shown. */
            spans_truncated: boolean;
            /** @description RFC 3339, UTC, microseconds. */
            start_time: string;
            /** @enum {unknown} */
            status: "error" | "ok" | "unset";
            tags: string[];
            trace_id: string;
            ttft_ms: number | null;
            usage: components["schemas"]["UsageShape"];
            user_id: string | null;
        };
        /**
         * TracePage
         * @description Traces, newest first.
         */
        TracePage: {
            items: components["schemas"]["TraceShape"][];
            next_cursor: string | null;
        };
        /**
         * TraceShape
         * @description A trace as lists show it.
         */
        TraceShape: {
            cost_usd: string | null;
            duration_ms: number;
            /** @description RFC 3339, UTC, microseconds. */
            end_time: string;
            models: string[];
            name: string;
            providers: string[];
            session_id: string | null;
            span_count: number;
            /** @description RFC 3339, UTC, microseconds. */
            start_time: string;
            /** @enum {unknown} */
            status: "error" | "ok" | "unset";
            tags: string[];
            trace_id: string;
            ttft_ms: number | null;
            usage: components["schemas"]["UsageShape"];
            user_id: string | null;
        };
        /**
         * UsageShape
         * @description Tokens in disjoint buckets and their sums.
         */
        UsageShape: {
            audio_input: number;
            audio_output: number;
            cache_read: number;
            cache_write: number;
            cache_write_1h: number;
            /** @description Counted by us; the provider gave no figures. */
            estimated: boolean;
            image_input: number;
            image_output: number;
            input_total: number;
            input_uncached: number;
            output_text: number;
            output_total: number;
            reasoning: number;
        };
        /**
         * ViewBody
         * @description A saved view as the client sends it.
         */
        ViewBody: {
            /**
             * @description Columns and the like.
             * @default {}
             */
            layout?: Record<string, unknown>;
            name: string;
            /**
             * @description Page of the UI, such as traces.
             * @default traces
             */
            page?: string;
            /**
             * @description Parameters of its URL.
             * @default {}
             */
            query?: {
                [key: string]: string;
            };
        };
        /**
         * ViewList
         * @description Saved views, oldest first.
         */
        ViewList: {
            items: components["schemas"]["SavedView"][];
            next_cursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    export_spans: {
        parameters: {
            query?: {
                /** @description How to write them. */
                format?: "jsonl" | "csv";
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description Kind of span; a trace matches when one of its spans does. */
                kind?: "llm" | "embedding" | "tool" | "agent" | "chain" | "retriever" | "guard" | "evaluator" | "other";
                /** @description Cost in USD at or above this, such as 0.001250. Unpriced rows never match. */
                min_cost?: string;
                /** @description Duration in milliseconds at or above this. */
                min_latency_ms?: number;
                /** @description Model name, exact. */
                model?: string;
                /** @description Provider name, exact. */
                provider?: string;
                /** @description A phrase in the inputs or outputs. */
                q?: string;
                /** @description Session id, exact. */
                session?: string;
                /** @description How it ended. */
                status?: "ok" | "error" | "unset";
                /** @description A tag, exact. */
                tag?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
                /** @description Only spans of this trace. */
                trace_id?: string;
                /** @description User id, exact. */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_facets: {
        parameters: {
            query?: {
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FacetsShape"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Info"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_live: {
        parameters: {
            query?: {
                /** @description Like the header, for clients that cannot set it. */
                last_event_id?: string;
            };
            header?: {
                /** @description Id of the last event seen. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_series: {
        parameters: {
            query?: {
                /** @description Seconds of a bucket, a multiple of 60, at most 1500 buckets; `auto` (default) chooses about a hundred. */
                bucket_s?: string;
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description One line for each of these. */
                group_by?: "model" | "provider";
                /** @description What to show; repeat it for several. Without it: all. */
                metric?: ("requests" | "errors" | "input_tokens" | "output_tokens" | "cache_read_tokens" | "cost_usd" | "latency_p50_ms" | "latency_p95_ms" | "latency_p99_ms" | "ttft_p50_ms" | "ttft_p95_ms" | "ttft_p99_ms")[];
                /** @description Model name, exact. */
                model?: string;
                /** @description Provider name, exact. */
                provider?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_summary: {
        parameters: {
            query?: {
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description Model name, exact. */
                model?: string;
                /** @description Provider name, exact. */
                provider?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_spans: {
        parameters: {
            query?: {
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description Kind of span; a trace matches when one of its spans does. */
                kind?: "llm" | "embedding" | "tool" | "agent" | "chain" | "retriever" | "guard" | "evaluator" | "other";
                /** @description Rows of a page. */
                limit?: number;
                /** @description Cost in USD at or above this, such as 0.001250. Unpriced rows never match. */
                min_cost?: string;
                /** @description Duration in milliseconds at or above this. */
                min_latency_ms?: number;
                /** @description Model name, exact. */
                model?: string;
                /** @description Whether spans come with their payload (inputs, outputs, attributes, ...). */
                payload?: "true" | "false";
                /** @description Provider name, exact. */
                provider?: string;
                /** @description A phrase in the inputs or outputs. */
                q?: string;
                /** @description Session id, exact. */
                session?: string;
                /** @description How it ended. */
                status?: "ok" | "error" | "unset";
                /** @description A tag, exact. */
                tag?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
                /** @description Only spans of this trace. */
                trace_id?: string;
                /** @description User id, exact. */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpanPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_traces: {
        parameters: {
            query?: {
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
                /** @description Start time at or after this: an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d. */
                from?: string;
                /** @description Kind of span; a trace matches when one of its spans does. */
                kind?: "llm" | "embedding" | "tool" | "agent" | "chain" | "retriever" | "guard" | "evaluator" | "other";
                /** @description Rows of a page. */
                limit?: number;
                /** @description Cost in USD at or above this, such as 0.001250. Unpriced rows never match. */
                min_cost?: string;
                /** @description Duration in milliseconds at or above this. */
                min_latency_ms?: number;
                /** @description Model name, exact. */
                model?: string;
                /** @description Provider name, exact. */
                provider?: string;
                /** @description A phrase in the inputs or outputs. */
                q?: string;
                /** @description Session id, exact. */
                session?: string;
                /** @description How it ended. */
                status?: "ok" | "error" | "unset";
                /** @description A tag, exact. */
                tag?: string;
                /** @description Start time before this; written like `from`. */
                to?: string;
                /** @description User id, exact. */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_trace: {
        parameters: {
            query?: {
                /** @description Whether spans come with their payload (inputs, outputs, attributes, ...). */
                payload?: "true" | "false";
            };
            header?: never;
            path: {
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_span: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                span_id: string;
                trace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpanShape"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_views: {
        parameters: {
            query?: {
                /** @description Where to go on: `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows of a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is changed; needed. */
                "If-Match"?: string;
            };
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is changed; needed. */
                "If-Match"?: string;
            };
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
