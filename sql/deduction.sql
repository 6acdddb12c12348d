-- deduction.sql: what employers and benefit offices are to deduct.

-- earnings_order_insert: do
-- in  pp:int event:int id:int starts:date kind:text scheme:int employer:text employee:text made:date due:money maintenance:money fee:money arrears:money fees:money protect:money period:text ended:bool reason:text
-- The terms of an order, from a day on.
INSERT INTO earnings_order (pp, event, id, starts, kind, scheme, employer, employee, made, due,
                            maintenance, fee, arrears, fees, protect, period, ended, reason)
VALUES (:pp, :event, :id, :starts, :kind, :scheme, :employer, :employee, :made, :due, :maintenance,
        :fee, :arrears, :fees, :protect, :period, :ended, :reason);

-- earnings_order_list: many
-- in  pps:ints known:int
-- out pp:int id:int event:int starts:date kind:text scheme:int employer:text employee:text made:date due:money maintenance:money fee:money arrears:money fees:money protect:money period:text ended:bool reason:text
-- The terms of every order of families, as known at an event; of one order in the order they hold.
SELECT pp, id, event, starts, kind, scheme, employer, employee, made, due, maintenance, fee, arrears,
       fees, protect, period, ended, reason
FROM earnings_order WHERE pp IN (:pps) AND event <= :known ORDER BY pp, id, starts, event;

-- earnings_order_families: many
-- out pp:int
-- across: the file of rates, and the list of employers who are late, are about every family
-- Families with an order.
SELECT DISTINCT pp FROM earnings_order ORDER BY pp;

-- benefit_request_insert: do
-- in  pp:int event:int starts:date benefit:text purpose:text week:money fee:money amount:money ended:bool reason:text
-- What a benefit office is asked for, from a day on.
INSERT INTO benefit_request (pp, event, starts, benefit, purpose, week, fee, amount, ended, reason)
VALUES (:pp, :event, :starts, :benefit, :purpose, :week, :fee, :amount, :ended, :reason);

-- benefit_request_list: many
-- in  pps:ints known:int
-- out pp:int event:int starts:date benefit:text purpose:text week:money fee:money amount:money ended:bool reason:text
-- What was asked of benefit offices for families, as known at an event, in the order it holds.
SELECT pp, event, starts, benefit, purpose, week, fee, amount, ended, reason
FROM benefit_request WHERE pp IN (:pps) AND event <= :known ORDER BY pp, starts, event;

-- benefit_request_families: many
-- out pp:int
-- across: the file of requests is about every family
-- Families for which a benefit office was asked.
SELECT DISTINCT pp FROM benefit_request ORDER BY pp;
