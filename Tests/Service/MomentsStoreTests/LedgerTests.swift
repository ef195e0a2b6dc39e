import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the service's own books", .scratchFolder)
struct LedgerTests {
    private let file = ScratchFolder.path.appending("ledger.jsonl")

    private func completed(_ name: FilePath = "beach.mp4") -> Manifest {
        let source = SourceInfo(name: name, folder: "", size: 5, modifiedAt: .now, contentID: "s5-abc")
        var manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: source,
            config: JobOptions(),
            preset: nil,
            at: .now
        )
        manifest.begin(at: .now)
        let output = JobResult.Output(kind: "highlight", path: "highlight.mp4", bytes: 5, sha256: "x")
        let result = JobResult(outputs: [output], inputDuration: 1, outputDuration: 1, segmentsSelected: 1)
        manifest.complete(result, folder: "beach", at: .now)
        return manifest
    }

    @Test("a manifest counts only where job, status, content, folder and files agree, also after a restart")
    func agreement() {
        let manifest = completed()
        let ledger = Ledger(file: file)
        #expect(!ledger.agrees(with: manifest))
        #expect(ledger.note(manifest))
        for books in [ledger, Ledger(file: file)] {
            #expect(books.agrees(with: manifest))
            var other = manifest
            other.source.contentID = "s6-abc"
            #expect(!books.agrees(with: other))
            other = manifest
            other.result?.folder = "sea"
            #expect(!books.agrees(with: other))
            other = manifest
            other.result?.outputs = []
            #expect(!books.agrees(with: other))
            other = manifest
            other.pretend(.failed)
            #expect(!books.agrees(with: other))
            other = manifest
            other.jobID = JobIdentifier.make()
            #expect(!books.agrees(with: other))
        }
        ledger.forget(manifest.jobID)
        #expect(!Ledger(file: file).agrees(with: manifest))
    }

    @Test("what could not be written when it was noted is written later, and counts after a restart")
    func catchingUp() {
        let (first, second) = (completed(), completed("sea.mp4"))
        let ledger = Ledger(file: file)
        // A folder in the file's place: nothing can be written, by nobody.
        #expect(mkdir(file.text, 0o755) == 0)
        #expect(!ledger.note(first) && !ledger.note(second) && !ledger.note(second, durable: false))
        #expect(!ledger.noteWaiting())
        #expect(ledger.agrees(with: first))
        #expect(rmdir(file.text) == 0)
        #expect(ledger.noteWaiting() && ledger.noteWaiting())
        #expect(Ledger(file: file).agrees(with: first) && Ledger(file: file).agrees(with: second))
    }

    @Test("what is added is noted all together, and none of it twice")
    func together() throws {
        let jobs = (0..<100).map { completed(FilePath("video-\($0).mp4")) }
        let ledger = Ledger(file: file)
        for job in jobs { ledger.add(job) }
        #expect(!ledger.knows(jobs[0]))
        #expect(ledger.noteWaiting() && ledger.noteWaiting())
        let books = Ledger(file: file)
        #expect(jobs.allSatisfy { books.agrees(with: $0) })
        #expect(try FileStatus.of(file).size < 100 * 300)
    }

    @Test("starts that find a job in work are counted in a row, until it was cut off by a stop, or is over")
    func starts() {
        var manifest = completed()
        manifest.begin(at: .now)
        #expect(Ledger(file: file).foundAtWork(manifest) == 1)
        #expect(Ledger(file: file).foundAtWork(manifest) == 2)
        let ledger = Ledger(file: file)
        ledger.note(manifest)
        #expect(ledger.foundAtWork(manifest) == 3)
        ledger.cutOff(manifest.jobID)
        #expect(Ledger(file: file).foundAtWork(manifest) == 1)
    }

    @Test("a torn last line costs itself alone, and the file does not grow for ever")
    func torn() throws {
        let (first, second) = (completed(), completed("sea.mp4"))
        #expect(Ledger(file: file).note(first))
        let descriptor = try Descriptor.open(file, O_WRONLY | O_APPEND)
        try descriptor.write(Array(#"{"job_id":"torn by a power fail"#.utf8), to: file)
        let ledger = Ledger(file: file)
        #expect(ledger.note(second))
        for manifest in [first, second] { #expect(Ledger(file: file).agrees(with: manifest)) }
        for _ in 0..<1500 {
            _ = ledger.foundAtWork(first)
            ledger.cutOff(first.jobID)
        }
        #expect(try FileStatus.of(file).size < 400_000)
        #expect(Ledger(file: file).agrees(with: second))
    }

    @Test("results of videos that left are found again behind a torn line, and kept once")
    func known() throws {
        let results = ScratchFolder.path.appending("results.jsonl")
        let manifest = completed()
        KnownResults(file: results).add(manifest)
        let descriptor = try Descriptor.open(results, O_WRONLY | O_APPEND)
        try descriptor.write(Array(#"{"content":"s5"#.utf8), to: results)
        var again = manifest
        again.source.contentID = "s7-def"
        KnownResults(file: results).add(again)
        let known = KnownResults(file: results)
        #expect(known.find(content: "s5-abc", options: JobOptions())?.folder == "beach")
        #expect(known.find(content: "s7-def", options: JobOptions())?.jobID == manifest.jobID)
        for number in 0..<300 {
            again.result?.folder = FilePath("beach (\(number))")
            known.add(again)
        }
        let size = try FileStatus.of(results).size
        #expect(KnownResults(file: results).find(content: "s7-def", options: JobOptions())?.folder == "beach (299)")
        #expect(try FileStatus.of(results).size < size / 20)
    }
}
