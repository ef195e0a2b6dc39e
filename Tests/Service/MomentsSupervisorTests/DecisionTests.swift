import Glibc
import MomentsCore
import MomentsSupervisor
import MomentsSystem
import MomentsWatch
import Testing

@Suite("decisions that need neither a clock nor a disk")
struct DecisionTests {
    private let start = Moment.now

    @Test("a problem is new once, and what is said of it last is what counts")
    func problems() {
        var problems = Problems()
        #expect(problems.raise(.outbox, "the outbox is not there") == (true, true))
        #expect(problems.raise(.outbox, "the outbox is not there") == (false, false))
        #expect(problems.raise(.outbox, "the outbox shows another disk") == (false, true))
        #expect(problems.sentences == ["the outbox shows another disk"])
        #expect(problems.isParalyzing)
        _ = problems.raise(.folder("b"), "b cannot be listed")
        _ = problems.raise(.inbox, "the inbox is not there")
        #expect(problems.sentences.first == "the inbox is not there")
        let cleared = [problems.clear(.outbox), problems.clear(.outbox), problems.clear(.inbox)]
        #expect(cleared == [true, false, true])
        #expect(!problems.isParalyzing)
        #expect(!problems.isEmpty)
    }

    @Test("what was reported goes before what is due, what is new before what has been arriving for long")
    func intake() {
        var intake = Intake()
        intake.add(.everything)
        intake.add(.everything)
        intake.add("old.mp4", .check, isStale: true)
        intake.add("new.mp4", .check, isStale: false)
        intake.add(.folders)
        intake.add([.look("a.mp4"), .look("b.mp4"), .look("a.mp4")])
        var order: [Intake.Item] = []
        while let item = intake.next() { order.append(item) }
        #expect(
            order == [
                .events([.look("a.mp4"), .look("b.mp4")]), .folders, .video("new.mp4", .check), .everything,
                .video("old.mp4", .check),
            ]
        )
    }

    @Test("more reports than can be followed are one: everything")
    func flood() {
        var intake = Intake()
        for number in 0..<100_001 { intake.add([.look(FilePath("\(number)"))]) }
        guard case .events(let events)? = intake.next() else { return #expect(Bool(false)) }
        #expect(events == [.everything("more was reported than can be followed")])
        #expect(intake.next() == nil)
    }

    @Test(
        "everything is listed at first, then only now and then; folders that cannot be listed are tried ever less often"
    )
    func scans() {
        var scans = ScanSchedule()
        #expect(scans.wantsListing(at: start))
        scans.beginListing(.seconds(600), at: start)
        #expect(!scans.wantsListing(at: start + .seconds(14_399)))
        #expect(scans.wantsListing(at: start + .seconds(14_400)))
        let pauses = (0..<6).map { _ in scans.listed(hasUnread: true)?.inSeconds }
        #expect(pauses == [5, 10, 20, 40, 60, 60])
        #expect(scans.listed(hasUnread: false) == nil)
        // A look that took two seconds leaves eighteen for what arrives, unless something hangs.
        let now = start + .seconds(2)
        #expect(ScanSchedule.afterLook(begun: start, isWell: true, at: now) == now + .seconds(18))
        #expect(ScanSchedule.afterLook(begun: start, isWell: false, at: now) == now)
    }

    @Test("a transient failure is tried again after its pauses, a crash once, another never")
    func retries() {
        let schedule = RetrySchedule(pauses: [.seconds(60), .seconds(600)])
        let now = Timestamp(milliseconds: 1_000_000)
        let full = JobError(.timedOut, "it took too long")
        #expect(schedule.judge(full, attempts: 1, crashes: 0, at: now).1 == now.adding(seconds: 60))
        #expect(schedule.judge(full, attempts: 2, crashes: 0, at: now).1 == now.adding(seconds: 600))
        #expect(schedule.judge(full, attempts: 3, crashes: 0, at: now).1 == nil)
        let crash = JobError(.workerCrashed, "it was ended by SIGSEGV")
        #expect(schedule.judge(crash, attempts: 1, crashes: 1, at: now).1 != nil)
        let last = schedule.judge(crash, attempts: 2, crashes: 2, at: now)
        #expect(last.1 == nil)
        #expect(!last.0.transient)
        #expect(schedule.judge(JobError(.corruptMedia, "torn"), attempts: 1, crashes: 0, at: now).1 == nil)
    }

    @Test("what keeps a manifest from being written stops every job, but for a file server that does not answer")
    func unwritten() {
        var writer = ManifestWriter()
        let kind = { (writer: inout ManifestWriter, code: Int32) in
            writer.failed("nas/a.mp4", SystemError("replace", "nas/a.mp4.moments.json", code: code)).0
        }
        #expect(kind(&writer, EACCES) == .readOnlyInbox)
        writer.wrote("b.mp4")
        #expect(kind(&writer, EACCES) == .manifests)
        #expect(kind(&writer, ENOSPC) == .manifests)
        #expect(kind(&writer, ETIMEDOUT) == .server)
    }
}
