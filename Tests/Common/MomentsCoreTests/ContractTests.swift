internal import FoundationEssentials
internal import MomentsCore
internal import Testing

@Suite("the contract between the wings")
struct ContractTests {
    static let events: [JobEvent] = [
        .started(version: "1", pid: 7),
        .stageStarted(.analyze),
        .progress(.analyze, share: 0.25),
        .stageCompleted(.analyze),
        .shotCompleted(index: 1, count: 3),
        .note("damaged in places"),
        .completed(JobResult(outputs: [], inputDuration: 60, outputDuration: 30, segmentsSelected: 5)),
        .failed(.render, JobError(.renderFailed, "no")),
    ]

    @Test("every event is one line and reads back the same", arguments: events)
    func roundTrip(_ event: JobEvent) throws {
        let line = try MomentsJSON.line(event)
        #expect(line.count(where: { $0 == UInt8(ascii: "\n") }) == 1)
        #expect(try MomentsJSON.decode(JobEvent.self, from: line) == event)
    }

    @Test("a manifest has every key of its schema, also those without a value")
    func keys() throws {
        let text = String(decoding: try MomentsJSON.document(Self.manifest), as: UTF8.self)
        for key in [
            "schema", "job_id", "status", "progress", "message", "source", "companions", "created_at", "updated_at",
            "started_at", "completed_at", "processing_time", "estimated_time", "attempts", "next_attempt_at", "preset",
            "config",
            "media", "stages", "notes", "result", "error",
        ] {
            #expect(text.contains("\"\(key)\" : "), "\(key) is missing")
        }
        #expect(try MomentsJSON.decode(Manifest.self, from: Data(text.utf8)) == Self.manifest)
    }

    @Test("options written by an older version read with today's defaults")
    func oldOptions() throws {
        let options = try MomentsJSON.decode(JobOptions.self, from: Data(#"{"target_duration": 45}"#.utf8))
        #expect(options.targetDuration == 45)
        #expect(options.quality == .auto)
        #expect(options.loudness == -16)
        let silent = try MomentsJSON.decode(JobOptions.self, from: Data(#"{"loudness": null}"#.utf8))
        #expect(silent.loudness == nil)
    }

    @Test("progress never falls, and a job's stages make a hundred")
    func progress() {
        var last = 0.0
        for stage in Stage.allCases {
            #expect(stage.progress(at: 0) == last)
            last = stage.progress(at: 1)
        }
        #expect(last == 100)
    }

    @Test("the judge's stage is listed only where a judge is asked, and what went wrong with it ends nothing")
    func judge() throws {
        var manifest = Self.manifest
        #expect(!manifest.stages.contains { $0.name == .judge })
        var options = JobOptions()
        options.judge = true
        manifest.queue(options, preset: nil)
        manifest.begin(at: Timestamp(milliseconds: 0))
        #expect(manifest.stages.map(\.name) == Stage.allCases.filter { $0 != .transcript })
        options.transcribe = true
        #expect(Stage.all(of: options) == Stage.allCases)
        let now = Timestamp(milliseconds: 1000)
        let events: [JobEvent] = [
            .stageStarted(.judge), .judged(cost: 0.25, failure: "it answered nothing"), .stageCompleted(.judge),
            .stageStarted(.select),
        ]
        for event in events { _ = manifest.apply(event, at: now) }
        let record = try #require(manifest.stages.first { $0.name == .judge })
        #expect(record.status == .failed && record.cost == 0.25 && record.error == "it answered nothing")
        #expect(manifest.status == .processing && manifest.error == nil)
    }

    @Test("a manifest tells a job's story event by event")
    func story() {
        var manifest = Self.manifest
        let now = Timestamp(milliseconds: 1_000_000)
        manifest.begin(at: now)
        #expect(manifest.attempts == 1)
        let error = JobError(.outOfSpace, "full")
        let events: [JobEvent] = [
            .stageStarted(.probe), .progress(.probe, share: 0.5), .stageCompleted(.probe), .failed(.render, error),
        ]
        let worthWriting = events.map { manifest.apply($0, at: now.adding(seconds: 2)) }
        #expect(worthWriting == [true, false, true, true])
        #expect(manifest.stages[0].status == .completed)
        #expect(manifest.status == .failed)
        #expect(manifest.error == error && error.transient)
        #expect(manifest.processingTime == 2)
        manifest.begin(at: now)
        #expect(manifest.error == nil && manifest.attempts == 2)
    }

    @Test("job identifiers are UUIDs of version 7 that sort by time")
    func identifiers() {
        let early = JobIdentifier.make(at: Timestamp(milliseconds: 1_700_000_000_000))
        let late = JobIdentifier.make(at: Timestamp(milliseconds: 1_700_000_000_001))
        #expect(early < late)
        #expect(JobIdentifier.isValid(early) && Array(early)[14] == "7")
        #expect("89ab".contains(Array(early)[19]))
        #expect(!JobIdentifier.isValid("../../../etc/passwd/aaaaaaaaaaaaaaaa"))
    }

    @Test(
        "times are RFC 3339 in UTC",
        arguments: ["2026-11-21T02:16:00.250Z", "1999-12-31T23:59:59.005Z", "1969-12-31T23:59:59.999Z"]
    )
    func timestamps(_ text: String) {
        #expect(Timestamp(text: text)?.description == text)
        #expect(Timestamp(text: "yesterday") == nil)
        #expect(Timestamp(text: "2026-11-21T02:16:00Z") == Timestamp(text: "2026-11-21T02:16:00.000Z"))
    }

    @Test(
        "durations for people",
        arguments: [(0, "00:00:00"), (59.6, "00:01:00"), (3_725, "01:02:05"), (-1, "00:00:00")]
    )
    func clock(_ seconds: Double, _ text: String) {
        #expect(ClockText.hoursMinutesSeconds(seconds) == text)
        #expect(ClockText.milliseconds(61.0005) == "00:01:01.001" || ClockText.milliseconds(61.0005) == "00:01:01.000")
    }

    static var manifest: Manifest {
        Manifest(
            jobID: "01890a5d-ac96-774b-bcce-b302099a8057",
            source: SourceInfo(
                name: "beach.mp4",
                folder: "holiday",
                size: 12,
                modifiedAt: Timestamp(milliseconds: 5)
            ),
            config: JobOptions(),
            preset: nil,
            at: Timestamp(milliseconds: 1_000)
        )
    }
}
