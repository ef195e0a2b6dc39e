internal import FoundationEssentials
internal import MomentsBench
internal import MomentsCore
internal import MomentsSystem

/// What is known of a video.
enum BenchTruth {
    /// Its moments.
    case planted(PlantedTruth)
    /// Its shot boundaries.
    case cuts(CutTruth)

    /// What can be scored by it.
    enum Kind {
        case planted
        case cuts
    }

    /// What can be scored by it.
    var kind: Kind {
        switch self {
        case .planted: .planted
        case .cuts: .cuts
        }
    }

    /// Reads a `NAME.truth.json`.
    ///
    /// - Parameter path: The file.
    /// - Returns: The truth; nil where it tells of neither moments nor boundaries.
    /// - Throws: `Failure` when it cannot be read or understood.
    static func read(_ path: FilePath) throws(Failure) -> BenchTruth? {
        struct Keys: Decodable {
            struct Anything: Decodable {}
            let events: [Anything]?
            let cuts: [Anything]?
        }
        do {
            let data = Data(try Descriptor.openRegular(path).read(16 << 20, at: 0, of: path))
            let keys = try MomentsJSON.decode(Keys.self, from: data)
            if keys.events != nil { return .planted(try MomentsJSON.decode(PlantedTruth.self, from: data)) }
            if keys.cuts != nil { return .cuts(try MomentsJSON.decode(CutTruth.self, from: data)) }
            return nil
        } catch let error as SystemError { throw Failure("\(error)") } catch {
            throw Failure("the truth '\(path.display)' is not understood: \(Escaping.line("\(error)"))")
        }
    }
}
