//! The glossary: one English key for each notion of the decrees, with the Chinese original as the last line of its doc.
//!
//! Keys go to disk and are forever. Labels do not live here: they may differ from one decree to the next and stand in
//! [`v2021`](super::v2021) and [`v2019`](super::v2019).

/// Declares an enum of terms, each with the key that files and the command line use.
macro_rules! terms {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$term_doc:meta])* $term:ident = $key:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$term_doc])* $term,)+ }

        impl $name {
            /// Every term, in the order of the form.
            pub const ALL: &[Self] = &[$(Self::$term),+];

            /// The key by which files and the command line know the term.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$term => $key,)+ }
            }

            /// The term with this key.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$term),)+ _ => None }
            }
        }
    };
}

terms! {
    /// What is known of a report beside its sections.
    pub enum Field {
        /// The full name of the reporting organ. 机关全称
        Agency = "agency",
        /// The name it goes by. 简称
        ShortName = "short_name",
        /// Its level; one of the keys of [`Level`]. 层级
        Level = "level",
        /// The year reported on. 报告年度
        Year = "year",
        /// The title as published. 标题
        Title = "title",
        /// The day of signing or publishing, `YYYY-MM-DD`. 发布日期
        Published = "published",
        /// Whether totals are `computed` from the other cells; absent when they are keyed and checked. 合计方式
        Totals = "totals",
    }
}

terms! {
    /// The level of an organ, which decides its deadline (条例 art. 49) and its powers.
    pub enum Level {
        /// 乡镇人民政府
        Township = "township",
        /// 街道办事处
        Street = "street",
        /// 县级部门
        CountyDepartment = "county_department",
        /// 县级人民政府
        County = "county",
        /// 市级部门
        CityDepartment = "city_department",
        /// 市级人民政府
        City = "city",
        /// 省级部门
        ProvinceDepartment = "province_department",
        /// 省级人民政府
        Province = "province",
        /// 国务院部门
        Ministry = "ministry",
    }
}

impl Level {
    /// The level of an organ, where its name leaves no doubt. A 市 or 区 may be of several.
    pub fn of_name(agency: &str) -> Option<Self> {
        const DEPARTMENTS: [&str; 4] = ["局", "委员会", "中心", "办公室"];
        let ends = |words: &[&str]| words.iter().any(|word| agency.ends_with(word));
        match agency {
            _ if ends(&["镇人民政府", "乡人民政府"]) => Some(Self::Township),
            _ if ends(&["街道办事处"]) => Some(Self::Street),
            _ if ends(&["县人民政府"]) => Some(Self::County),
            _ if ends(&["省人民政府", "自治区人民政府"]) => Some(Self::Province),
            _ if ends(&DEPARTMENTS) && agency.contains('县') => Some(Self::CountyDepartment),
            _ => None,
        }
    }

    /// The level in the clerk's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Township => "乡镇",
            Self::Street => "街道",
            Self::CountyDepartment => "县级部门",
            Self::County => "县级政府",
            Self::CityDepartment => "市级部门",
            Self::City => "市级政府",
            Self::ProvinceDepartment => "省级部门",
            Self::Province => "省级政府",
            Self::Ministry => "国务院部门",
        }
    }
}

terms! {
    /// A part of the report: the lead and the six sections. Three hold prose, three a table.
    pub enum Section {
        /// The paragraph before section one; optional. 引言
        Lead = "lead",
        /// Section one. 总体情况
        Overview = "overview",
        /// Section two, a table. 主动公开政府信息情况
        Proactive = "proactive",
        /// Section three, a table. 收到和处理政府信息公开申请情况
        Requests = "requests",
        /// Section four, a table. 政府信息公开行政复议、行政诉讼情况
        Disputes = "disputes",
        /// Section five. 存在的主要问题及改进情况
        Problems = "problems",
        /// Section six. 其他需要报告的事项
        OtherMatters = "other_matters",
    }
}

impl Section {
    /// The parts that hold prose, in the order of the report.
    pub const PROSE: [Self; 4] = [Self::Lead, Self::Overview, Self::Problems, Self::OtherMatters];

    /// Whether the section is a table.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Proactive | Self::Requests | Self::Disputes)
    }
}

terms! {
    /// A row that holds numbers, in any of the three tables of any decree.
    pub enum Row {
        /// 规章
        Regulations = "regulations",
        /// 行政规范性文件 (2019: 规范性文件)
        NormativeDocuments = "normative_documents",
        /// 行政许可
        Licenses = "licenses",
        /// 其他对外管理服务事项 (2019)
        OtherServices = "other_services",
        /// 行政处罚
        Penalties = "penalties",
        /// 行政强制
        Compulsion = "compulsion",
        /// 行政事业性收费
        Fees = "fees",
        /// 政府集中采购 (2019)
        Procurement = "procurement",
        /// 本年新收政府信息公开申请数量
        Received = "received",
        /// 上年结转政府信息公开申请数量
        CarriedIn = "carried_in",
        /// 予以公开
        Granted = "granted",
        /// 部分公开
        GrantedInPart = "granted_in_part",
        /// 属于国家秘密
        StateSecret = "state_secret",
        /// 其他法律行政法规禁止公开
        BarredByLaw = "barred_by_law",
        /// 危及“三安全一稳定”
        SecurityAndStability = "security_and_stability",
        /// 保护第三方合法权益
        ThirdPartyRights = "third_party_rights",
        /// 属于三类内部事务信息
        InternalAffairs = "internal_affairs",
        /// 属于四类过程性信息
        Deliberative = "deliberative",
        /// 属于行政执法案卷
        EnforcementFiles = "enforcement_files",
        /// 属于行政查询事项
        AdministrativeInquiry = "administrative_inquiry",
        /// 本机关不掌握相关政府信息
        NotHeld = "not_held",
        /// 没有现成信息需要另行制作
        NotExisting = "not_existing",
        /// 补正后申请内容仍不明确
        Unclear = "unclear",
        /// 信访举报投诉类申请
        Petition = "petition",
        /// 重复申请
        Repeated = "repeated",
        /// 要求提供公开出版物
        Publications = "publications",
        /// 无正当理由大量反复申请
        Excessive = "excessive",
        /// 要求行政机关确认或重新出具已获取信息
        ConfirmOrReissue = "confirm_or_reissue",
        /// 其他处理, one row (2019)
        OtherHandling = "other_handling",
        /// 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
        CorrectionOverdue = "correction_overdue",
        /// 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
        FeeOverdue = "fee_overdue",
        /// 其他处理之其他
        HandledOtherwise = "handled_otherwise",
        /// 本年度办理结果总计
        Concluded = "concluded",
        /// 结转下年度继续办理
        CarriedOut = "carried_out",
        /// 行政复议
        Reconsideration = "reconsideration",
        /// 行政诉讼，未经复议直接起诉
        DirectSuit = "direct_suit",
        /// 行政诉讼，复议后起诉
        SuitAfterReconsideration = "suit_after_reconsideration",
    }
}

terms! {
    /// A column that holds numbers, in any of the three tables of any decree.
    pub enum Column {
        /// 本年制发件数
        Issued = "issued",
        /// 本年废止件数
        Repealed = "repealed",
        /// 现行有效件数
        InForce = "in_force",
        /// 本年新制作数量 (2019)
        Produced = "produced",
        /// 本年新公开数量 (2019)
        Disclosed = "disclosed",
        /// 对外公开总数量 (2019)
        TotalDisclosed = "total_disclosed",
        /// 上一年项目数量 (2019)
        Previous = "previous",
        /// 本年增/减 (2019); may be negative
        Change = "change",
        /// 本年处理决定数量
        Decisions = "decisions",
        /// 采购项目数量 (2019)
        Projects = "projects",
        /// 本年收费金额（单位：万元）; 2019: 采购总金额
        Amount = "amount",
        /// 自然人
        NaturalPerson = "natural_person",
        /// 商业企业
        Business = "business",
        /// 科研机构
        Research = "research",
        /// 社会公益组织
        PublicInterest = "public_interest",
        /// 法律服务机构
        LegalService = "legal_service",
        /// 法人或其他组织之其他
        OtherOrganization = "other_organization",
        /// 结果维持
        Upheld = "upheld",
        /// 结果纠正
        Corrected = "corrected",
        /// 其他结果
        Other = "other",
        /// 尚未审结
        Pending = "pending",
        /// 总计
        Total = "total",
    }
}
