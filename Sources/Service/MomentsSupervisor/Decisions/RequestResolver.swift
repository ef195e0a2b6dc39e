internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Finds what is wanted of a video: its request over its folder's preset over the configuration.
struct RequestResolver: Sendable {
    private let presets: Set<String>
    private let resolve: SupervisorConfiguration.Resolver
    private let resolveStory: SupervisorConfiguration.StoryResolver?

    init(_ configuration: SupervisorConfiguration) {
        presets = Set(configuration.presetNames)
        resolve = configuration.resolve
        resolveStory = configuration.resolveStory
    }

    /// What is wanted of a video; reads its request.
    func wish(for path: FilePath, in store: ManifestStore) -> Result<JobWish, JobError> {
        let request: [UInt8]?
        do { request = try store.request(for: path) } catch { return .failure(error) }
        if let resolveStory, Story.isStory(path) { return story(path, request, in: store, resolveStory) }
        do throws(JobError) { return .success(try resolve(request, folderPreset(of: path))) } catch {
            guard request != nil, [.invalidRequest, .unknownPreset].contains(error.kind) else { return .failure(error) }
            let message = "'\(ManifestName.request(of: path).display)' is not obeyed: \(error.message)"
            return .failure(JobError(error.kind, message, detail: error.detail))
        }
    }

    /// What is wanted of a story: its own content says so.
    private func story(
        _ path: FilePath,
        _ request: [UInt8]?,
        in store: ManifestStore,
        _ resolve: SupervisorConfiguration.StoryResolver
    ) -> Result<JobWish, JobError> {
        do throws(JobError) {
            return .success(try resolve(try store.story(path), request, folderPreset(of: path)))
        } catch {
            guard [.invalidRequest, .unknownPreset].contains(error.kind) else { return .failure(error) }
            let message = "'\(path.display)' is not made: \(error.message)"
            return .failure(JobError(error.kind, message, detail: error.detail))
        }
    }

    /// What is wanted of a video without a request.
    func ordinaryWish(for path: FilePath) -> JobWish {
        (try? resolve(nil, folderPreset(of: path))) ?? (try? resolve(nil, nil)) ?? JobWish(JobOptions())
    }

    /// The preset its first-level folder is named like; in which case, only where nothing is named exactly so.
    private func folderPreset(of path: FilePath) -> String? {
        guard path.components.count > 1, let first = path.components.first?.exactText else { return nil }
        if presets.contains(first) { return first }
        let folded = first.lowercased()
        let alike = presets.filter { $0.lowercased() == folded }
        return alike.count == 1 ? alike.first : nil
    }
}
