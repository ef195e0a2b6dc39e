import MomentsCore
import MomentsSystem
import Testing

@testable import MomentsSupervisor

@Suite("which manifest is written next")
struct ManifestWriterTests {
    private func table(_ names: [FilePath]) throws -> JobTable {
        let status = try FileStatus.of("/")
        var jobs = JobTable()
        for name in names {
            let now = Timestamp(milliseconds: 1_700_000_000_000)
            let source = SourceInfo(name: name, folder: "", size: 10, modifiedAt: now)
            let manifest = Manifest(
                jobID: JobIdentifier.make(at: now),
                source: source,
                config: JobOptions(),
                preset: nil,
                at: now
            )
            jobs[name] = Job(manifest: manifest, status: status)
        }
        return jobs
    }

    @Test("thousands that were given up hold nobody back, and who waits for them waits until all of them stand")
    func ahead() throws {
        let broken = (0..<1000).map { FilePath("broken-\($0).mp4") }
        let jobs = try table(broken + ["fresh.mp4"])
        var writer = ManifestWriter()
        for path in broken { writer.want(path, durable: true, isUrgent: false) }
        let mark = writer.wanted
        let first = writer.next(jobs)
        #expect(!first.isEmpty && first.allSatisfy { $0.path != "fresh.mp4" })
        writer.want("fresh.mp4", durable: true)
        // One batch at a time.
        #expect(writer.next(jobs).isEmpty)
        writer.landed()
        #expect(writer.over == first.count)
        #expect(writer.next(jobs).first?.path == "fresh.mp4")
        writer.landed()
        var batches = 2
        while !writer.isIdle {
            #expect(writer.over < mark)
            #expect(!writer.next(jobs).isEmpty)
            writer.landed()
            batches += 1
            if batches > 1000 { break }
        }
        #expect(writer.over >= mark && writer.over == writer.wanted)
    }

    @Test("what changes twice is written once, as it is then; what is taken back is not written")
    func once() throws {
        let jobs = try table(["a.mp4", "b.mp4"])
        var writer = ManifestWriter()
        writer.want("a.mp4", durable: false)
        writer.want("b.mp4", durable: false)
        writer.want("a.mp4", durable: true)
        writer.drop("b.mp4")
        let pieces = writer.next(jobs)
        #expect(pieces.map(\.path) == ["a.mp4"] && pieces.first?.durable == true)
        writer.landed()
        #expect(writer.isIdle && writer.over == writer.wanted)
    }

    @Test("what somebody waits for by now overtakes those it stood behind, and is written once")
    func overtaking() throws {
        let arriving = (0..<1000).map { FilePath("arriving-\($0).mp4") }
        let jobs = try table(arriving)
        var writer = ManifestWriter()
        for path in arriving { writer.want(path, durable: false, isUrgent: false) }
        writer.want("arriving-900.mp4", durable: true, isToldAfter: true)
        let first = writer.next(jobs)
        #expect(first.first?.path == "arriving-900.mp4" && first.first?.isToldAfter == true)
        var written = first.map(\.path)
        writer.landed()
        while !writer.isIdle, written.count <= arriving.count {
            written += writer.next(jobs).map(\.path)
            writer.landed()
        }
        #expect(Set(written) == Set(arriving) && written.count == arriving.count)
        #expect(writer.over == writer.wanted)
    }
}
