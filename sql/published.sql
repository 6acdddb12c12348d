-- published.sql: how the service does, for anybody, kept by each day's run.

-- published_waits: many
-- out part:text day:date open:int near:int late:int
-- What waits, by part of the work.
SELECT part, day, open, near, late FROM published_wait ORDER BY part;

-- published_waits_clear: do
-- What was kept by the run before.
DELETE FROM published_wait;

-- published_waits_insert: do
-- row published_waits
-- bulk
-- A part of the work: how much waits, is near and is late.
INSERT INTO published_wait (part, day, open, near, late) VALUES (:part, :day, :open, :near, :late);

-- published_figures: many
-- out name:text day:date number:int
-- Figures by their names.
SELECT name, day, number FROM published_figure ORDER BY name;

-- published_figures_clear: do
-- What was kept by the run before.
DELETE FROM published_figure;

-- published_figures_insert: do
-- row published_figures
-- bulk
-- A figure.
INSERT INTO published_figure (name, day, number) VALUES (:name, :day, :number);
