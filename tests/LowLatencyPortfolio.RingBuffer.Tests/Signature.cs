using System.Reflection;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>Writes public members as the lines of CommonSurface.txt.</summary>
internal static class Signature
{
    public static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "kind enum",
        { IsInterface: true } => "kind interface",
        { IsValueType: true } => "kind struct",
        _ when type.IsSubclassOf(typeof(Delegate)) => "kind delegate",
        _ => "kind class",
    };

    /// <summary>Such as "ValueRingBuffer&lt;T&gt;.EventRef": type arguments stand where they are declared.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsByRef)
            return $"ref {NameOf(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        var arguments = type.GetGenericArguments();
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{NameOf(underlying)}?";
        var outer = type.IsNested ? type.DeclaringType!.GetGenericArguments().Length : 0;
        var own = arguments.Skip(outer).Select(NameOf).ToArray();
        var name = type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own)}>");
        if (!type.IsNested)
            return name;
        var declaring = type.DeclaringType!.Name.Split('`')[0];
        var ofOuter = outer == 0 ? "" : $"<{string.Join(", ", arguments.Take(outer).Select(NameOf))}>";
        return $"{declaring}{ofOuter}.{name}";
    }

    /// <summary>The member's lines: exact, and with "*" for its type.</summary>
    public static IEnumerable<string> Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => [$"ctor({Parameters(constructor)})"],
        MethodInfo { IsSpecialName: false } method =>
        [
            $"method {NameOf(method.ReturnType)} {method.Name}({Parameters(method)})",
            $"method * {method.Name}({Parameters(method)})",
        ],
        PropertyInfo property =>
        [
            $"property {NameOf(property.PropertyType)} {property.Name}{Index(property)} {Accessors(property)}",
        ],
        FieldInfo { IsSpecialName: false } field => [$"field {NameOf(field.FieldType)} {field.Name}"],
        _ => [],
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(
        parameter => parameter.IsOut ? $"out {NameOf(parameter.ParameterType.GetElementType()!)}"
            : NameOf(parameter.ParameterType)));

    private static string Index(PropertyInfo property)
    {
        var parameters = property.GetIndexParameters();
        return parameters.Length == 0
            ? ""
            : $"[{string.Join(", ", parameters.Select(parameter => NameOf(parameter.ParameterType)))}]";
    }

    private static string Accessors(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } ? "{ get; set; }" : "{ get; }";
}
