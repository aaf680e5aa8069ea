/** How each framework sends its spans here. `console` and `gateway` are addresses without a path. */

export interface Framework {
  id: string;
  label: string;
  install: string;
  code: (console: string, gateway: string) => string;
}

export const FRAMEWORKS: readonly Framework[] = [
  {
    id: "gateway",
    label: "Any OpenAI client",
    install: "pip install openai",
    code: (_console, gateway) => `from openai import OpenAI

client = OpenAI(base_url="${gateway}/v1", api_key="none")
client.chat.completions.create(
    model="sim/chat", messages=[{"role": "user", "content": "Hello!"}]
)`,
  },
  {
    id: "otel",
    label: "OpenTelemetry",
    install: "pip install opentelemetry-distro opentelemetry-exporter-otlp",
    code: (console) => `export OTEL_EXPORTER_OTLP_ENDPOINT=${console}/api/v1/otlp
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
opentelemetry-instrument python app.py`,
  },
  {
    id: "openinference",
    label: "OpenInference (LangChain, LlamaIndex, CrewAI…)",
    install:
      "pip install openinference-instrumentation-langchain opentelemetry-exporter-otlp-proto-http",
    code: (console) => `from openinference.instrumentation.langchain import LangChainInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
exporter = OTLPSpanExporter(endpoint="${console}/api/v1/otlp/v1/traces")
provider.add_span_processor(BatchSpanProcessor(exporter))
LangChainInstrumentor().instrument(tracer_provider=provider)`,
  },
  {
    id: "openllmetry",
    label: "OpenLLMetry (traceloop)",
    install: "pip install traceloop-sdk",
    code: (console) => `from traceloop.sdk import Traceloop

Traceloop.init(app_name="my-app", api_endpoint="${console}/api/v1/otlp")`,
  },
  {
    id: "pydantic-ai",
    label: "pydantic-ai, Logfire",
    install: "pip install pydantic-ai logfire",
    code: (console) => `import os

os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "${console}/api/v1/otlp"
import logfire

logfire.configure(send_to_logfire=False)
logfire.instrument_pydantic_ai()`,
  },
  {
    id: "vercel",
    label: "Vercel AI SDK",
    install: "npm install ai @vercel/otel @opentelemetry/exporter-trace-otlp-http",
    code: (console) => `import { registerOTel } from "@vercel/otel";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";

registerOTel({
  serviceName: "my-app",
  traceExporter: new OTLPTraceExporter({ url: "${console}/api/v1/otlp/v1/traces" }),
});
// and in each call: experimental_telemetry: { isEnabled: true }`,
  },
  {
    id: "curl",
    label: "Plain JSON",
    install: "",
    code: (console) => `curl ${console}/api/v1/ingest -H 'content-type: application/json' \\
  -d '{"name": "hello", "kind": "llm", "model": "gpt-4o",
       "payload": {"input": "Hello!", "output": "Hi."}}'`,
  },
];
