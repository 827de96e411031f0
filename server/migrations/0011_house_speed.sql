-- Room on the page, as base.case has it: a rung of the ladder then moves none of the notice's indexes.
alter table rectification.notice set (fillfactor = 80);
