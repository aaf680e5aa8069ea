// A stand-in for the console's API with varied data: `npm run fixture`, then `npm run dev`.
// FIXTURE=full (default) | empty | token | broken; PORT=4001 (0 picks one); FIXTURE_AS=root | owner |
// admin | member | viewer: who is logged in (without it the console knows no users).
import { createFixtureServer } from "./server.mjs";

const server = await createFixtureServer({
  state: process.env.FIXTURE ?? "full",
  port: Number(process.env.PORT ?? 4001),
  staticDir: process.env.STATIC_DIR,
  as: process.env.FIXTURE_AS,
});
console.log(`Fixture server (${process.env.FIXTURE ?? "full"}) on ${server.url}`);
