import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("what each owner has had of the workers", .scratchFolder)
struct OwnerAccountsTests {
    private let alice = Owner.user(1000)
    private let bob = Owner.user(1001)
    private let carol = Owner.folder("ca\u{1b}rol")

    @Test("who has had least is next, work counts by size, and who comes later saves up no turns")
    func turns() {
        var accounts = OwnerAccounts()
        accounts.begin("a1", of: alice, bytes: 1_000_000_000, on: 1)
        accounts.begin("b1", of: bob, bytes: 100_000_000, on: 1)
        #expect(accounts.turn(of: bob) < accounts.turn(of: alice))
        // Six times ten seconds and five more, each, before a hundred and five are reached.
        for number in 2...7 { accounts.begin("b\(number)", of: bob, bytes: 100_000_000, on: 1) }
        #expect(accounts.turn(of: bob) == accounts.turn(of: alice))
        accounts.begin("a2", of: alice, bytes: 0, on: 1)
        #expect(accounts.turn(of: carol).mark == accounts.turn(of: bob).mark)
        #expect(accounts.running(bob) == 7)
        accounts.end("b1")
        #expect(accounts.running(bob) == 6)
    }

    @Test("what was cut off is taken back, also what it took of the day, and its owner goes on first")
    func takenBack() {
        var accounts = OwnerAccounts()
        accounts.begin("a1", of: alice, bytes: 500, on: 1)
        accounts.add(.seconds(60), to: "a1")
        accounts.add(.seconds(60), to: "a1")
        #expect(accounts.used(by: alice, on: 1) == (500, Duration.seconds(60)))
        #expect(accounts.turn(of: bob) < accounts.turn(of: alice))
        accounts.takeBack("a1")
        accounts.takeBack("a1")
        #expect(accounts.used(by: alice, on: 1) == (0, Duration.zero))
        #expect(accounts.turn(of: alice) < accounts.turn(of: bob))
    }

    @Test("another day begins with nothing, and the mark stays")
    func days() {
        var accounts = OwnerAccounts()
        accounts.begin("a1", of: alice, bytes: 500, on: 1)
        #expect(accounts.used(by: alice, on: 2) == (0, Duration.zero))
        accounts.begin("a2", of: alice, bytes: 200, on: 2)
        #expect(accounts.used(by: alice, on: 2) == (200, Duration.zero))
        // What belongs to yesterday does not count today.
        accounts.add(.seconds(60), to: "a1")
        #expect(accounts.used(by: alice, on: 2) == (200, Duration.zero))
        #expect(accounts.turn(of: bob) < accounts.turn(of: alice))
    }

    @Test("a service that was killed goes on with the same turns; a file that is none begins anew")
    func saved() throws {
        let file = ScratchFolder.path.appending("owners.json")
        var accounts = OwnerAccounts()
        accounts.begin("a1", of: alice, bytes: 500, on: 1)
        accounts.end("a1")
        accounts.begin("c1", of: carol, bytes: 700, on: 1)
        accounts.save(to: file)
        let next = OwnerAccounts(file: file)
        #expect(next.turn(of: carol) < next.turn(of: bob))
        #expect(next.turn(of: bob) < next.turn(of: alice))
        #expect(next.used(by: alice, on: 1) == (500, Duration.zero))
        #expect(next.used(by: carol, on: 1) == (0, Duration.zero))
        #expect(next.running(carol) == 0)
        try AtomicFile.replace(file, with: Array(#"{"mark":"nan","accounts":3}"#.utf8))
        #expect(OwnerAccounts(file: file) == OwnerAccounts())
    }
}
