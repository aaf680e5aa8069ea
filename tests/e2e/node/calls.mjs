// The calls of tests/e2e/test_serve_node.py with the official client: node calls.mjs BASE_URL
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "x", maxRetries: 0 });
const messages = [{ role: "user", content: "one two three" }];
const session = (name) => ({ headers: { "x-vedette-session": name } });
const told = {};

const chat = await client.chat.completions.create(
  { model: "sim/chat", messages, max_tokens: 7 },
  session("chat"),
);
told.chat = { usage: chat.usage, text: chat.choices[0].message.content };

let text = "";
let pieces = 0;
const stream = await client.chat.completions.create(
  { model: "sim/chat", messages, max_tokens: 9, stream: true },
  session("stream"),
);
for await (const chunk of stream) {
  const piece = chunk.choices[0]?.delta?.content;
  if (piece) {
    pieces += 1;
    text += piece;
  }
}
told.stream = { pieces, text };

const tools = [
  {
    type: "function",
    function: {
      name: "weather",
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  },
];
const called = await client.chat.completions.create(
  { model: "sim/chat", messages, tools, metadata: { sim_tool_call: "weather" } },
  session("tools"),
);
told.tools = called.choices[0].message.tool_calls.map((call) => call.function.name);

const embedded = await client.embeddings.create(
  { model: "sim/embed", input: ["one two", "three"] },
  session("embed"),
);
told.embeddings = embedded.data.map((row) => row.embedding.length);

told.models = (await client.models.list()).data.map((model) => model.id);

try {
  await client.chat.completions.create(
    { model: "sim/chat", messages, metadata: { sim_error: "429" } },
    session("error"),
  );
} catch (error) {
  told.error = { name: error.constructor.name, status: error.status };
}

const endless = await client.chat.completions.create(
  {
    model: "sim/chat",
    messages,
    max_tokens: 1000,
    stream: true,
    metadata: { sim_chunk_delay_ms: "20" },
  },
  session("abort"),
);
let seen = 0;
for await (const _ of endless) {
  seen += 1;
  if (seen === 4) break;
}
told.seen = seen;

console.log(JSON.stringify(told));
