// The official client over WebSockets, as a server's program and as a browser's page open them:
// node --experimental-websocket realtime.mjs BASE_URL MODEL
import net from "node:net";
import OpenAI from "openai";
import { OpenAIRealtimeWebSocket } from "openai/realtime/websocket";
import { OpenAIRealtimeWS } from "openai/realtime/ws";

const [, , baseURL, model] = process.argv;
const client = new OpenAI({ baseURL, apiKey: "sk-node", dangerouslyAllowBrowser: true });
// The client always wants TLS; here is nobody in front of the gateway who speaks it.
const plain = (url) => {
  url.protocol = "ws:";
};
const options = { createConnection: ({ host, port }) => net.connect(port, host) };

async function talk(open, ready) {
  const socket = await open();
  const kinds = [];
  const said = new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("event", (event) => {
      kinds.push(event.type);
      if (event.type === "response.done") {
        resolve(event.response.output[0].content[0].transcript);
      }
    });
  });
  ready(socket, () => socket.send({ type: "response.create" }));
  const text = await said;
  socket.close({ code: 1000, reason: "bye" });
  return { kinds, text };
}

const told = {
  ws: await talk(
    () => new OpenAIRealtimeWS({ model, options }, client),
    (socket, begin) => socket.socket.on("open", begin),
  ),
  page: await talk(
    () => new OpenAIRealtimeWebSocket({ model, onURL: plain }, client),
    (socket, begin) => socket.socket.addEventListener("open", begin),
  ),
};
console.log(JSON.stringify(told));
