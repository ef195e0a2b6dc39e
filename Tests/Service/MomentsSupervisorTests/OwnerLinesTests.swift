import MomentsCore
import MomentsStore
import MomentsSupervisor
import Testing

@Suite("whose turn it is")
struct OwnerLinesTests {
    private let alice = Owner.user(1000)
    private let bob = Owner.user(1001)
    private let carol = Owner.user(4_000_000_000)
    private let size: Int64 = 20_000_000

    /// Queues videos, named by their owner's letter and a number, in this order.
    private func queue(_ names: String...) -> OwnerLines {
        var lines = OwnerLines()
        for (index, name) in names.enumerated() {
            _ = lines.add(FilePath(name), of: owner(of: name), at: OwnerLines.Place(rank: Double(index)))
        }
        return lines
    }

    private func owner(of name: String) -> Owner {
        switch name.first {
        case "a": alice
        case "b": bob
        default: carol
        }
    }

    /// The order in which one worker would take all of them.
    private func order(
        _ lines: inout OwnerLines,
        _ accounts: inout OwnerAccounts,
        _ limits: OwnerLimits = OwnerLimits(),
        most: Int = .max
    ) -> [String] {
        var order: [String] = []
        while order.count < most, let owner = lines.turns(accounts, limits, on: 1).first,
            let path = lines.takeFirst(of: owner)
        {
            accounts.begin(path.text, of: owner, bytes: size, on: 1)
            accounts.end(path.text)
            order.append(path.text)
        }
        return order
    }

    @Test("owners take turns, each with its oldest, however much one of them dropped first")
    func turns() {
        var (lines, accounts) = (queue("a1", "a2", "a3", "a4", "b1", "b2", "c1"), OwnerAccounts())
        #expect(order(&lines, &accounts) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"])
    }

    @Test("who comes later is next, and not ahead for what others had before")
    func late() {
        var (lines, accounts) = (queue("a1", "a2", "a3", "a4", "a5", "a6"), OwnerAccounts())
        #expect(order(&lines, &accounts, most: 3) == ["a1", "a2", "a3"])
        for name in ["b1", "b2", "b3"] {
            _ = lines.add(FilePath(name), of: bob, at: OwnerLines.Place(rank: 9))
        }
        #expect(order(&lines, &accounts) == ["b1", "a4", "b2", "a5", "b3", "a6"])
    }

    @Test("what may be what ends the service, or cannot be started, comes after everybody else's")
    func behind() {
        var (lines, accounts) = (queue("b1", "b2"), OwnerAccounts())
        _ = lines.add("a1", of: alice, at: OwnerLines.Place(isBehind: true, rank: -1))
        #expect(order(&lines, &accounts) == ["b1", "b2", "a1"])
    }

    @Test("who has as many at work as is allowed lets others go first")
    func running() {
        var (lines, accounts) = (queue("a1", "a2", "b1"), OwnerAccounts())
        accounts.begin("a0", of: alice, bytes: 0, on: 1)
        accounts.begin("c0", of: carol, bytes: 0, on: 1)
        accounts.begin("b0", of: bob, bytes: size, on: 1)
        accounts.end("b0")
        #expect(lines.turns(accounts, OwnerLimits(running: 1), on: 1) == [bob])
        #expect(lines.turns(accounts, OwnerLimits(running: 2), on: 1) == [alice, bob])
        #expect(lines.held.isEmpty)
    }

    @Test("who has had what a day allows waits for the next one, and is told of it")
    func limits() {
        var (lines, accounts) = (queue("a1", "a2", "a3", "b1"), OwnerAccounts())
        let limits = OwnerLimits(bytes: 2 * size)
        #expect(order(&lines, &accounts, limits) == ["a1", "b1", "a2"])
        #expect(
            lines.held == [
                alice: "has had 38.1 MB of video today, and [Limits] PerOwnerSize= allows 38.1 MB a day"
            ]
        )
        #expect(lines.turns(accounts, limits, on: 2) == [alice])
        #expect(lines.held.isEmpty)
        accounts.begin("a9", of: alice, bytes: 0, on: 2)
        accounts.add(.seconds(3723), to: "a9")
        #expect(lines.turns(accounts, OwnerLimits(video: .seconds(3600)), on: 2).isEmpty)
        #expect(
            lines.held[alice]
                == "has had 01:02:03 of video today, and [Limits] PerOwnerDuration= allows 01:00:00 a day"
        )
    }

    @Test("owners are told apart by who owns the file, by the first folder, or not at all")
    func owners() {
        #expect(FairShare.owner.owner(user: 5, folder: "a/b") == .user(5))
        #expect(FairShare.folder.owner(user: 5, folder: "a/b") == .folder("a"))
        #expect(FairShare.folder.owner(user: 5, folder: "") == .folder(""))
        #expect(FairShare.off.owner(user: 5, folder: "a/b") == .everybody)
        #expect(Owner.folder("a\u{1b}").label == "'a\\u{1b}'")
    }
}
