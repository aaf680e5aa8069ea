import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type {
  Invitation,
  InvitationBody,
  Invited,
  LinkToPassword,
  Member,
  Person,
  PersonChanges,
  PersonMade,
  Place,
} from "@/api/model";

const of = (id: string) => encodeURIComponent(id);
const KEYS = { members: ["members"], invitations: ["invitations"], people: ["people"] };

/** GET /members of an organization. */
export function useMembers(organization: string) {
  return useQuery({
    queryKey: [...KEYS.members, organization],
    queryFn: ({ signal }) =>
      request<{ items: Member[] }>("/members", { params: { organization }, signal }),
    select: (answer) => answer.items,
  });
}

/** GET /invitations of an organization. */
export function useInvitations(organization: string) {
  return useQuery({
    queryKey: [...KEYS.invitations, organization],
    queryFn: ({ signal }) =>
      request<{ items: Invitation[] }>("/invitations", { params: { organization }, signal }),
    select: (answer) => answer.items,
  });
}

/** GET /users: of the whole installation. */
export function usePeople(isAsked = true) {
  return useQuery({
    queryKey: KEYS.people,
    enabled: isAsked,
    queryFn: ({ signal }) => request<{ items: Person[] }>("/users", { signal }),
    select: (answer) => answer.items,
  });
}

function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [...Object.values(KEYS), ["session"]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** POST /invitations: the only answer that has the link. */
export function useInvite() {
  return useChange((body: InvitationBody) =>
    request<Invited>("/invitations", { method: "POST", body }),
  );
}

/** DELETE /invitations/{id}. */
export function useWithdraw() {
  return useChange((id: string) => request<void>(`/invitations/${of(id)}`, { method: "DELETE" }));
}

/** PUT /members/{organization}/{user}. */
export function usePlace(organization: string) {
  return useChange(({ id, place }: { id: string; place: Place }) =>
    request<Member>(`/members/${of(organization)}/${of(id)}`, { method: "PUT", body: place }),
  );
}

/** DELETE /members/{organization}/{user}. */
export function useRemoveMember(organization: string) {
  return useChange((id: string) =>
    request<void>(`/members/${of(organization)}/${of(id)}`, { method: "DELETE" }),
  );
}

/** POST /users: its answer has a token to set a password with. With the first user whatever is asked
 * afterwards needs a log-in: who made it asks anew once the token was seen. */
export function useCreatePerson() {
  return useMutation({
    mutationFn: (body: { email: string; name: string; is_root: boolean }) =>
      request<PersonMade>("/users", { method: "POST", body }),
  });
}

/** PATCH /users/{id}. */
export function useChangePerson() {
  return useChange(({ id, ...body }: PersonChanges & { id: string }) =>
    request<Person>(`/users/${of(id)}`, { method: "PATCH", body }),
  );
}

/** POST /users/{id}/reset: a link to set the password anew. */
export function useResetPerson() {
  return useChange((id: string) =>
    request<LinkToPassword>(`/users/${of(id)}/reset`, { method: "POST" }),
  );
}

/** DELETE /users/{id}. */
export function useDeletePerson() {
  return useChange((id: string) => request<void>(`/users/${of(id)}`, { method: "DELETE" }));
}
