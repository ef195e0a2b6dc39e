internal import MomentsCore
internal import MomentsSystem

/// Shows how far a job is: a bar that is drawn again on a terminal, plain lines otherwise.
final class ProgressDisplay {
    private let count: Int
    private var number = 0
    private var shown = ""
    private var lastStage: Stage?
    private var lastDrawing = 0.0

    init(count: Int) { self.count = count }

    /// A job begins.
    func start(_ manifest: Manifest) {
        number += 1
        lastStage = nil
        if !Output.isTerminal { Output.complain("\(prefix)\(manifest.source.name.display)") }
    }

    /// A job went on.
    func update(_ manifest: Manifest) {
        let stage = manifest.stages.last { $0.status == .running }?.name
        defer { lastStage = stage ?? lastStage }
        guard Output.isTerminal else {
            if let stage, stage != lastStage {
                Output.complain("  \(Words.percent(manifest.progress)) \(stage.rawValue)")
            }
            return
        }
        let now = MonotonicClock.now
        guard now - lastDrawing >= 0.1 || stage != lastStage else { return }
        lastDrawing = now
        let stageName = Words.column((stage ?? lastStage)?.rawValue ?? "", 8)
        let head = "\(prefix)\(Self.bar(manifest.progress, 24)) \(Words.percent(manifest.progress)) \(stageName) "
        let room = max(8, Output.columns - head.count - 1)
        draw(head + Words.column(manifest.source.name.display, room))
    }

    /// A job has ended: one line stays.
    func finish(_ manifest: Manifest) {
        if Output.isTerminal { draw("") }
        let name = manifest.source.name.display
        let took = manifest.processingTime.map { " (\(Words.decimal($0, 1)) s)" } ?? ""
        for note in manifest.notes { Output.complain("note: \(Escaping.line(note))") }
        if let error = manifest.error {
            Output.complain("\(prefix)\(name): \(error)")
        } else {
            Output.complain("\(prefix)\(name): \(Escaping.line(manifest.message))\(took)")
        }
    }

    /// How far something is, 0 to 100, as a bar.
    static func bar(_ progress: Double, _ width: Int) -> String {
        let filled = Int(min(max(progress, 0), 100) / 100 * Double(width))
        return String(repeating: "━", count: filled) + String(repeating: "┄", count: width - filled)
    }

    private var prefix: String { count > 1 ? "[\(number)/\(count)] " : "" }

    private func draw(_ line: String) {
        guard line != shown else { return }
        shown = line
        // Back to the line's start, the line, and nothing behind it.
        Output.draw("\r" + line + "\u{1b}[K")
    }
}
