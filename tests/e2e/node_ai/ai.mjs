// The calls of `instrumented.py` through the AI SDK, seen by its own OpenTelemetry integration.
//   node ai.mjs LLM_URL OTLP_URL

import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { generateText, jsonSchema, registerTelemetry, tool } from "ai";

const [llm, otlp] = process.argv.slice(2);
const exporter = new OTLPTraceExporter({ url: `${otlp}/v1/traces` });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "shop" }),
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
provider.register();
registerTelemetry(new OpenTelemetry());

const model = createOpenAI({ baseURL: llm, apiKey: "sk-test" }).chat("gpt-4o-mini");
await generateText({
  model,
  system: "You know trains.",
  prompt: "When does the next one leave?",
  temperature: 0.5,
  maxRetries: 0,
});
await generateText({
  model,
  prompt: "What is the weather in Köln?",
  maxRetries: 0,
  tools: {
    get_weather: tool({
      description: "The weather now.",
      inputSchema: jsonSchema({ type: "object", properties: { city: { type: "string" } } }),
    }),
  },
});
await provider.shutdown();
