import MomentsCore
import MomentsSupervisor
import Testing

@Suite("what is due when")
struct AgendaTests {
    private let start = Moment.now

    @Test("what is due comes first to last, and only once")
    func order() {
        var agenda = Agenda<String, Moment>()
        for (key, second) in [("c", 3), ("a", 1), ("d", 4), ("b", 2)] { agenda[key] = start + .seconds(second) }
        #expect(agenda.earliest == start + .seconds(1))
        #expect(agenda.take(at: start) == [])
        #expect(agenda.take(at: start + .seconds(3)) == ["a", "b", "c"])
        #expect(agenda.take(at: start + .seconds(3)) == [])
        #expect(agenda.earliest == start + .seconds(4))
        #expect(agenda.count == 1)
    }

    @Test("a deadline that is moved or taken off counts no more, however often")
    func moved() {
        var agenda = Agenda<Int, Moment>()
        for round in 0..<50 {
            for key in 0..<20 { agenda[key] = start + .seconds(1000 - round * 10 + key) }
        }
        agenda[3] = nil
        agenda.bring(4, to: start + .seconds(9999))
        agenda.bring(5, to: start)
        #expect(agenda.take(at: start) == [5])
        let rest = agenda.take(at: start + .seconds(2000), atMost: 3)
        #expect(rest == [0, 1, 2])
        #expect(agenda.take(at: start + .seconds(2000)) == [4] + Array(6..<20))
        #expect(agenda.earliest == nil)
    }

    @Test("it agrees with a plain table, whatever is done to it")
    func random() {
        var dice = TruthTests.Dice(state: 7)
        var (agenda, table): (Agenda<Int, Moment>, [Int: Int]) = (Agenda(), [:])
        var now = 0
        for _ in 0..<5000 {
            let key = Int.random(in: 0..<100, using: &dice)
            switch Int.random(in: 0..<4, using: &dice) {
            case 0, 1:
                let due = now + Int.random(in: 0..<50, using: &dice)
                agenda[key] = start + .seconds(due)
                table[key] = due
            case 2:
                agenda[key] = nil
                table[key] = nil
            default:
                now += Int.random(in: 0..<10, using: &dice)
                let taken = agenda.take(at: start + .seconds(now))
                let due = table.filter { $0.value <= now }
                #expect(Set(taken) == Set(due.keys))
                #expect(taken.map { due[$0] ?? -1 } == due.values.sorted())
                for key in due.keys { table[key] = nil }
                #expect(agenda.earliest == table.values.min().map { start + .seconds($0) })
            }
        }
    }

    @Test("a rest is counted from the last taking off, however often somebody asks when the next one is")
    func rest() {
        var agenda = Agenda<Int, Moment>()
        for key in 0..<3 { agenda[key] = start }
        #expect(agenda.nextLook == start)
        #expect(agenda.take(at: start, atMost: 1, restingFor: .milliseconds(20)).count == 1)
        for _ in 0..<3 { #expect(agenda.nextLook == start + .milliseconds(20)) }
        // What is due later than that is waited for.
        (agenda[0], agenda[1], agenda[2]) = (start + .seconds(5), nil, nil)
        #expect(agenda.nextLook == start + .seconds(5))
        agenda[0] = nil
        #expect(agenda.nextLook == nil)
    }
}
