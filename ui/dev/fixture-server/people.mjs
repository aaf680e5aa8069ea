// Users, members, invitations and oneself over a small company in memory.
import { randomBytes } from "node:crypto";

const ALL = [
  "calls.read",
  "calls.write",
  "guard.use",
  "usage.read",
  "keys.manage",
  "project.manage",
  "alerts.manage",
  "policies.manage",
  "members.manage",
  "audit.read",
  "organization.manage",
];
const ROLES = {
  viewer: ["calls.read", "usage.read"],
  member: ["calls.read", "calls.write", "guard.use", "usage.read"],
  admin: ALL.filter((one) => one !== "organization.manage"),
  owner: ALL,
};
const id = (kind) => `${kind}_${randomBytes(6).toString("hex")}`;
const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
const problem = (status, code, detail, errors = []) => ({
  problem: { status, code, detail, errors },
});

function person(email, name, more = {}) {
  return {
    id: id("usr"),
    email,
    name,
    is_root: false,
    disabled: false,
    has_password: true,
    has_totp: false,
    created_time: days(-40),
    ...more,
  };
}

/** @param {string | undefined} as who is logged in: root, owner, admin, member or viewer */
export function createPeople(as) {
  const organization = "default";
  const people = [
    person("ruth@example.com", "Ruth Lindqvist", { is_root: true, has_totp: true }),
    person("omar@example.com", "Omar Haddad", { has_totp: true }),
    person("ada@example.com", "Ada Nwosu"),
    person("mei@example.com", "Mei Tanaka"),
    person("vic@example.com", "Victor Sørensen"),
    person("lea@example.com", "", { disabled: true, has_password: false }),
  ];
  const [root, ...others] = people;
  const places = ["owner", "admin", "member", "viewer", "custom"].map((role, at) => ({
    user: others[at],
    organization,
    role,
    projects: role === "viewer" ? ["prj_search"] : [],
    permissions: ROLES[role] ?? ["calls.read", "audit.read"],
  }));
  const invitations = [
    {
      id: id("inv"),
      email: "noor@example.com",
      organization,
      role: "member",
      projects: [],
      expires_time: days(5),
    },
  ];
  const tokens = [
    {
      id: id("tok"),
      name: "nightly export",
      permissions: ["calls.read", "usage.read"],
      created_time: days(-12),
      expires_time: days(78),
    },
    { id: id("tok"), name: "laptop", permissions: [], created_time: days(-2), expires_time: null },
  ];
  const sessions = [
    [
      "203.0.113.7",
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      -0.02,
    ],
    [
      "198.51.100.23",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
      -0.2,
    ],
    ["2001:db8::5", "curl/8.16.0", -0.4],
  ].map(([address, agent, began], at) => ({
    id: randomBytes(8).toString("hex"),
    address,
    agent,
    began_time: days(began),
    expires_time: days(began + 0.5),
    current: at === 0,
  }));
  const me = as === "root" ? root : places.find((place) => place.role === as)?.user;
  const find = (userId) => people.find((one) => one.id === userId);
  const placeOf = (userId) => places.findIndex((one) => one.user.id === userId);

  const user = () =>
    me && {
      id: me.id,
      name: me.name || me.email,
      is_root: me.is_root,
      places: places.filter((one) => one.user === me).map(({ user: _, ...place }) => place),
    };
  const drop = (list, at) => {
    if (at < 0) return null;
    list.splice(at, 1);
    return {};
  };

  const routes = [
    ["GET", /^\/users$/, () => ({ items: people })],
    [
      "POST",
      /^\/users$/,
      (_query, _match, body) => {
        if (!/^\S+@\S+$/.test(body.email))
          return problem(400, "invalid_body", "The address is wrong.", [
            { name: "email", value: body.email, expected: "an address such as ann@example.com" },
          ]);
        const made = person(body.email, body.name, {
          is_root: body.is_root,
          has_password: false,
          created_time: days(0),
        });
        people.push(made);
        return { user: made, token: randomBytes(24).toString("hex") };
      },
    ],
    [
      "PATCH",
      /^\/users\/(\w+)$/,
      (_query, [userId], { totp, ...body }) => {
        const found = find(userId);
        return found ? Object.assign(found, body, totp === false ? { has_totp: false } : {}) : null;
      },
    ],
    [
      "DELETE",
      /^\/users\/(\w+)$/,
      (_query, [userId]) =>
        find(userId) === root
          ? problem(409, "conflict", "Somebody has to be left who may do everything.")
          : drop(people, people.indexOf(find(userId))),
    ],
    [
      "POST",
      /^\/users\/(\w+)\/reset$/,
      () => {
        const token = randomBytes(24).toString("hex");
        return { token, path: `/login?reset=${token}`, mailed: false };
      },
    ],
    ["GET", /^\/members$/, () => ({ items: places })],
    [
      "PUT",
      /^\/members\/(\w+)\/(\w+)$/,
      (_query, [, userId], body) => {
        const found = places[placeOf(userId)];
        if (!found) return null;
        return Object.assign(found, body, { permissions: ROLES[body.role] ?? body.permissions });
      },
    ],
    ["DELETE", /^\/members\/(\w+)\/(\w+)$/, (_query, [, userId]) => drop(places, placeOf(userId))],
    ["GET", /^\/invitations$/, () => ({ items: invitations })],
    [
      "POST",
      /^\/invitations$/,
      (_query, _match, { permissions: _, ...body }) => {
        const token = randomBytes(24).toString("hex");
        const invitation = { ...body, id: id("inv"), expires_time: days(7) };
        invitations.push(invitation);
        return { invitation, token, path: `/login?invitation=${token}`, mailed: false };
      },
    ],
    [
      "DELETE",
      /^\/invitations\/(\w+)$/,
      (_query, [invitationId]) =>
        drop(
          invitations,
          invitations.findIndex((one) => one.id === invitationId),
        ),
    ],
    ["GET", /^\/me$/, () => me ?? problem(403, "forbidden", "You are not logged in as a user.")],
    ["PATCH", /^\/me$/, (_query, _match, body) => Object.assign(me, body)],
    ["POST", /^\/me\/password$/, () => me],
    [
      "POST",
      /^\/me\/totp$/,
      () => ({
        secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        uri: `otpauth://totp/Vedette:${me.email}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Vedette`,
      }),
    ],
    [
      "POST",
      /^\/me\/totp\/confirm$/,
      (_query, _match, body) => {
        if (body.code !== "123456")
          return problem(
            401,
            "wrong_login",
            "The code does not fit. Is the clock of your phone right?",
          );
        me.has_totp = true;
        return { codes: Array.from({ length: 10 }, () => randomBytes(5).toString("hex")) };
      },
    ],
    [
      "POST",
      /^\/me\/totp\/drop$/,
      () => {
        me.has_totp = false;
        return {};
      },
    ],
    ["GET", /^\/me\/tokens$/, () => ({ items: tokens })],
    [
      "POST",
      /^\/me\/tokens$/,
      (_query, _match, body) => {
        const token = {
          id: id("tok"),
          name: body.name,
          permissions: body.permissions,
          created_time: days(0),
          expires_time: body.expires_in_s ? days(body.expires_in_s / 86_400) : null,
        };
        tokens.push(token);
        return { token, text: `vdu_${randomBytes(24).toString("hex")}` };
      },
    ],
    [
      "DELETE",
      /^\/me\/tokens\/(\w+)$/,
      (_query, [tokenId]) =>
        drop(
          tokens,
          tokens.findIndex((one) => one.id === tokenId),
        ),
    ],
  ];
  routes.push(
    ["GET", /^\/me\/sessions$/, () => ({ items: sessions })],
    [
      "DELETE",
      /^\/me\/sessions$/,
      () => {
        sessions.splice(1);
        return {};
      },
    ],
    [
      "DELETE",
      /^\/me\/sessions\/(\w+)$/,
      (_query, [sessionId]) =>
        drop(
          sessions,
          sessions.findIndex((one) => one.id === sessionId),
        ),
    ],
  );
  return { routes, user };
}
