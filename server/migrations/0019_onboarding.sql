-- Who sees to a device until it lives, what was noted of it, and why it is silent.
alter table device.device
  add column entered_at  timestamptz,
  add column keeper      jsonb,
  add column note        jsonb,
  add column explanation jsonb;
update device.device d set entered_at = c.opened_at from base.case c where c.id = d.id;
update device.device d set keeper = jsonb_build_object('personId', a.actor_id, 'name', a.actor_name)
  from base.act a where a.case_id = d.id and a.topic = 'device.onboard' and a.actor_id is not null;
alter table device.device alter column entered_at set not null;
create index device_pending on device.device (entered_at) where state = 'pending';
