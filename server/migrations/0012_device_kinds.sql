-- More kinds of devices: what must be known of one beyond its model, and how what is switched is controlled.
alter table device.device
  add column mode text check (mode in ('manual', 'automatic', 'interlocked')),
  add column settings jsonb not null default '{}';
update device.device set mode = 'automatic' where kind = 'sprayer';
