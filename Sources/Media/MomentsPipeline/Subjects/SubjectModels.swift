internal import MomentsCore
internal import MomentsSystem

/// Which models look at a video, or why none does.
struct SubjectModels {
    /// The models, in the order in which they look; none where nobody is looked for.
    let models: [ModelShelf.Model]
    /// What tells which pixels belong to whom; nil where none is there, or nobody wants to know.
    let masks: ModelShelf.Model?
    /// What was asked for and is not to be had, in one sentence; nil where nothing is missing.
    let missing: String?

    /// Looks through the job's folders.
    init(_ spec: JobSpec) {
        let detect = spec.options.subjects.detect
        guard detect != .off else {
            (models, masks, missing) = ([], nil, nil)
            return
        }
        let there = ModelShelf.models(in: spec.models)
        models = detect.kinds.compactMap { ModelShelf.first($0, of: there) }
        masks = spec.options.subjects.masks == .off ? nil : ModelShelf.first(.masks, of: there)
        let places = spec.models.map(\.display).joined(separator: ", ")
        missing =
            detect == .auto || !models.isEmpty
            ? nil
            : "Nobody was looked for in '\(spec.name.display)', since [Subjects] Detect=\(detect.rawValue) asks for models "
                + "and there are none in \(places); install them with: moments models install faces people"
    }

    /// Why nothing is looked at, in half a sentence.
    func reason(_ detect: SubjectDetection) -> String {
        detect == .off ? "nobody is looked for, as asked" : "there is no model that could look"
    }
}
