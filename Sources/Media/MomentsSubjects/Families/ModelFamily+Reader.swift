internal import MomentsCore

extension ModelFamily {
    /// What reads this family.
    var reader: any OutputReader {
        switch self {
        case .centerface: CenterFaceReader()
        case .ssd: SSDReader()
        case .yunet: YuNetReader()
        case .nanodet: NanoDetReader()
        case .yolo: YOLOReader()
        case .segmentation: NoBoxReader()
        }
    }
}
