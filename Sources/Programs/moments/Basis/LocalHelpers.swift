internal import MomentsCore
internal import MomentsSettings
internal import MomentsWorkers

/// Those who work for the workers of this program; nil for nobody.
///
/// To be held until the last worker has ended.
struct LocalHelpers {
    /// Who is asked about stills.
    private let judge: LocalJudge?
    /// Who writes down what is said where no subtitles do.
    private let transcriber: LocalTranscriber?
    /// Who speaks texts and makes shots.
    private let engines: LocalEngines?

    /// Nobody, or a judge.
    init(judge: LocalJudge? = nil) { (self.judge, transcriber, engines) = (judge, nil, nil) }

    /// Those of the configuration.
    ///
    /// - Parameters:
    ///   - judge: The command of the judge a person named; nil for the configuration's.
    ///   - describer: The command a person named that describes scenes, in words; nil for the configuration's.
    ///   - settings: The configuration.
    ///   - output: The folder of results, of which its commands see nothing.
    /// - Throws: `Failure` where a command makes no sense, or there is no room for it.
    init(judge: String?, describer: [String]?, _ settings: Settings, output: FilePath) throws(Failure) {
        self.judge = try LocalJudge.make(judge, settings, output: output)
        transcriber = try LocalTranscriber.make(settings, output: output)
        engines = LocalEngines(settings, describer: describer, output: output)
    }

    /// Has them help the worker of a job.
    func help(for spec: JobSpec) -> WorkerHelp {
        WorkerHelpers(judge: judge?.judge, transcriber: transcriber?.transcriber, engines: engines?.engines)
            .help(for: spec)
    }
}
