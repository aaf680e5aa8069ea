import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { logOut, useRights } from "@/api/session";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import styles from "./Shell.module.css";

/** Who is logged in, at the foot of the navigation; nobody where one need not log in. */
export function AccountMenu() {
  const { user } = useRights();
  if (!user) return null;
  return (
    <div className={styles.account}>
      <Menu
        trigger={
          <button type="button" className={styles.link} aria-label={`You: ${user.name}`}>
            <Icon name="user" />
            <span>{user.name}</span>
          </button>
        }
      >
        <AccountItems />
      </Menu>
    </div>
  );
}

export function AccountItems() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async () => {
    const elsewhere = await logOut();
    client.clear();
    if (elsewhere) {
      window.location.assign(elsewhere);
      return;
    }
    await navigate({ to: "/login", search: {} });
  };
  return (
    <>
      <MenuItem onSelect={() => navigate({ to: "/profile" })}>
        <Icon name="user" />
        Profile
      </MenuItem>
      <MenuItem onSelect={leave}>
        <Icon name="out" />
        Log out
      </MenuItem>
    </>
  );
}
